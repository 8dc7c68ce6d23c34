import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { freshness } from '../../api/freshness-calls.ts'
import { FreshnessMark } from './freshness-mark.tsx'
import type { AssetDetail } from '@plumbline/api'

/** Beside the name of an asset: whether it can be trusted now. Nothing, where no check has looked at it. */
export function AssetFreshness({ asset, onOpen }: { asset: Pick<AssetDetail, 'id'>; onOpen: () => void }) {
  const { data } = useQuery(freshness(asset.id))
  if (data === undefined || data.checkedAt === null) return null
  return (
    <UnstyledButton onClick={onOpen} aria-label={`Freshness: ${data.detail}`}>
      <FreshnessMark state={data.state} detail={data.detail} />
    </UnstyledButton>
  )
}
