import { Button, Group, Stack, Text } from '@mantine/core'
import { IconFileDescription } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { assetDocumentation } from '../../api/documentation-calls.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { SearchField } from '../../shell/search-field.tsx'
import { counted } from '../../text/count.ts'
import { DescribeButton } from './describe-button.tsx'
import { itemsOf, mentions } from './text-item.ts'
import { TextRows } from './text-rows.tsx'
import type { AssetDetail } from '@plumbline/api'
import type { ActionDecision } from '@plumbline/workflows'

/** So many rows are drawn at once: very wide tables go on by a button. */
const rowsAtOnce = 200

/** What is said of a table and of each of its columns; of a database or schema itself. */
export function TableDocumentation({ asset, decision }: { asset: AssetDetail; decision: ActionDecision }) {
  const documentation = useQuery(assetDocumentation(asset.id))
  const [wanted, setWanted] = useState('')
  const [most, setMost] = useState(rowsAtOnce)
  const [writing, setWriting] = useState(false)
  if (documentation.isError)
    return <ProblemAlert error={documentation.error} onRetry={() => void documentation.refetch()} />
  if (documentation.isPending) return <PageLoading />
  const items = itemsOf(documentation.data)
  const said = items.filter(({ text }) => text !== null).length
  if (said === 0 && !writing && asset.columns.length > 0) {
    return (
      <EmptyNote
        icon={IconFileDescription}
        title="Not described yet"
        text="Let a job say what the table and its columns mean, from what is known of them, or write it yourself. What a person wrote is never overwritten."
      >
        <Group justify="center">
          <DescribeButton asset={asset} label="Describe this table" />
          <GatedButton variant="default" decision={decision} onClick={() => setWriting(true)}>
            Write it yourself
          </GatedButton>
        </Group>
      </EmptyNote>
    )
  }
  const found = items.filter((item) => mentions(item, wanted))
  return (
    <Stack gap="xs">
      {items.length > 1 && (
        <Group gap="sm">
          <SearchField label="Search the texts" placeholder="Column or words" value={wanted} onSearch={setWanted} />
          <Text size="sm" c="dimmed" role="status">
            {wanted === ''
              ? `${said} of ${counted(items.length, 'text')} written`
              : `${found.length} of ${counted(items.length, 'text')}`}
          </Text>
        </Group>
      )}
      <TextRows items={found.slice(0, most)} decision={decision} editing={writing ? 'asset' : undefined} />
      {found.length > most && (
        <Button variant="default" onClick={() => setMost(most + rowsAtOnce)}>
          Show more than {counted(most, 'text')}
        </Button>
      )}
    </Stack>
  )
}
