import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { freshness } from '../../api/freshness-calls.ts'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { PlaceFreshness } from './place-freshness.tsx'
import { TableFreshnessView } from './table-freshness.tsx'
import type { AssetDetail } from '@plumbline/api'

/** When the asset was updated last and whether that is late; of a database or schema the tables in it. */
export function FreshnessPanel({ asset }: { asset: AssetDetail }) {
  const { data, error, isPending, refetch } = useQuery(freshness(asset.id))
  if (isPending) return <PageLoading />
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  return (
    <Stack gap="lg">
      {data.below === null ? (
        <TableFreshnessView asset={asset} freshness={data} />
      ) : (
        <PlaceFreshness asset={asset} freshness={data} />
      )}
    </Stack>
  )
}
