import { Group } from '@mantine/core'
import { IconChartLine, IconClockCheck, IconGitBranch, IconRadar2, IconTags, type Icon } from '@tabler/icons-react'
import { jobTypes, type JobType } from '@plumbline/workflows'
import { useMay } from '../../api/me.ts'
import { GatedButton } from '../../shell/gated-button.tsx'
import { useStartJob } from '../../jobs/actions/use-start-job.tsx'
import type { AssetDetail } from '@plumbline/api'

const looks: Record<JobType, { label: string; icon: Icon }> = {
  schema_discovery: { label: 'Discover', icon: IconRadar2 },
  tag_generation: { label: 'Generate tags', icon: IconTags },
  freshness_check: { label: 'Check freshness', icon: IconClockCheck },
  lineage_extraction: { label: 'Extract lineage', icon: IconGitBranch },
  metric_capture: { label: 'Capture metrics', icon: IconChartLine },
}

/** Starts the jobs that can run on this asset, with their default configuration. */
export function StartJobButtons({ asset }: { asset: Pick<AssetDetail, 'id' | 'jobTypes'> }) {
  const may = useMay('operator')
  const start = useStartJob()
  const possible = jobTypes.filter((type) => asset.jobTypes.includes(type))
  return (
    <Group gap="xs">
      {possible.map((type) => {
        const { label, icon: Icon } = looks[type]
        return (
          <GatedButton
            key={type}
            size="xs"
            variant={type === 'schema_discovery' ? 'filled' : 'default'}
            leftSection={<Icon size={15} aria-hidden />}
            loading={start.isPending && start.variables.type === type}
            decision={may}
            onClick={() => start.mutate({ type, assetId: asset.id })}
          >
            {label}
          </GatedButton>
        )
      })}
    </Group>
  )
}
