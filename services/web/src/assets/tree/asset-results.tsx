import { Anchor, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { assetSearch } from '../../api/asset-calls.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { AssetKindIcon } from '../asset-kind.tsx'
import classes from './tree.module.css'

/** What matches the filter, by qualified name, instead of the tree. */
export function AssetResults({ q, openId }: { q: string; openId: string | undefined }) {
  const found = useQuery(assetSearch(q))
  if (found.isError) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return null
  return (
    <div className={classes.scroller}>
      <Text size="xs" c="dimmed" px="xs" py={4} role="status">
        {foundText(found.data.items.length, found.data.nextCursor !== null)}
      </Text>
      <Stack gap={0} role="list">
        {found.data.items.map((asset) => (
          <div key={asset.id} role="listitem">
            <Anchor
              c="inherit"
              underline="never"
              className={classes.line ?? ''}
              data-open={asset.id === openId || undefined}
              px={8}
              py={4}
              renderRoot={(props) => (
                <Link {...props} to="/assets/$assetId" params={{ assetId: asset.id }} search={{ q }} />
              )}
            >
              <AssetKindIcon kind={asset.kind} />
              <Text size="sm" truncate title={asset.qualifiedName}>
                {asset.qualifiedName}
              </Text>
            </Anchor>
          </div>
        ))}
      </Stack>
    </div>
  )
}

function foundText(count: number, more: boolean): string {
  if (count === 0) return 'Nothing matches; part of the dotted name is enough'
  return more ? `The first ${count} that match` : `${count} found`
}
