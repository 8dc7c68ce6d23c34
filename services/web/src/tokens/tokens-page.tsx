import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../api/me.ts'
import { tokenList } from '../api/token-calls.ts'
import { GatedButton } from '../shell/gated-button.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { ShowMore } from '../shell/show-more.tsx'
import { CreateTokenDialog } from './create-token-dialog.tsx'
import { DeleteTokenDialog } from './delete-token-dialog.tsx'
import { TokenTable } from './token-table.tsx'
import classes from './tokens.module.css'
import type { Token } from '@plumbline/api'

/** By what people and programs sign in, and what each may do. */
export function TokensPage() {
  const tokens = useInfiniteQuery(tokenList())
  const [creating, create] = useDisclosure(false)
  const [deleting, setDeleting] = useState<Token | null>(null)
  const rows = tokens.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <PageHeader title="Tokens">
        <GatedButton
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          decision={useMay('admin')}
          onClick={create.open}
        >
          New token
        </GatedButton>
      </PageHeader>
      <div className={classes.list}>
        <Text size="sm" c="dimmed" pb="xs">
          People and programs sign in with a token. What they do is kept in the audit under its name.
        </Text>
        {tokens.isError && <ProblemAlert error={tokens.error} onRetry={() => void tokens.refetch()} />}
        {tokens.isPending && <PageLoading />}
        {rows.length > 0 && <TokenTable tokens={rows} onDelete={setDeleting} />}
        <ShowMore list={tokens} centered />
      </div>
      {creating && <CreateTokenDialog onClose={create.close} />}
      {deleting !== null && <DeleteTokenDialog token={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}
