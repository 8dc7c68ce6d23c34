import { IconFileDescription } from '@tabler/icons-react'
import type { ActionDecision } from '@plumbline/workflows'
import { useMay } from '../../api/me.ts'
import { useShowRefusedStart } from '../../jobs/actions/refused-start.tsx'
import { useStartJob } from '../../jobs/actions/use-start-job.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import type { AssetDetail } from '@plumbline/api'

const type = 'intelligence_analysis'

/** Starts the job that describes an asset and all below it, as it is by default. */
export function DescribeButton({ asset, label }: { asset: AssetDetail; label: string }) {
  const may = useMay('operator')
  const start = useStartJob()
  const showRefused = useShowRefusedStart()
  return (
    <GatedButton
      leftSection={<IconFileDescription size={16} aria-hidden />}
      loading={start.isPending}
      decision={describable(asset) ?? may}
      onClick={() => start.mutate({ type, assetId: asset.id }, { onError: showRefused })}
    >
      {label}
    </GatedButton>
  )
}

/** Why no job can describe an asset; undefined where one can. */
function describable({ jobTypes, removedAt }: AssetDetail): ActionDecision | undefined {
  if (removedAt !== null) return { allowed: false, reason: 'It was removed from the source' }
  if (!jobTypes.includes(type))
    return { allowed: false, reason: 'No job can describe what is in this kind of warehouse yet' }
  return undefined
}
