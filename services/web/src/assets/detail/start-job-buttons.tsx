import { Button } from '@mantine/core'
import {
  IconChartLine,
  IconChevronDown,
  IconClockCheck,
  IconFileDescription,
  IconGitBranch,
  IconRadar2,
  IconTags,
  type Icon,
} from '@tabler/icons-react'
import { jobTypes, type JobType } from '@plumbline/workflows'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import { GatedButton } from '../../shell/gated-button.tsx'
import { useShowRefusedStart } from '../../jobs/actions/refused-start.tsx'
import { StartDialog } from '../../jobs/actions/start-dialog.tsx'
import { useStartJob } from '../../jobs/actions/use-start-job.tsx'
import type { AssetDetail } from '@plumbline/api'

const looks: Record<JobType, { label: string; icon: Icon }> = {
  schema_discovery: { label: 'Discover', icon: IconRadar2 },
  tag_generation: { label: 'Generate tags', icon: IconTags },
  freshness_check: { label: 'Check freshness', icon: IconClockCheck },
  lineage_extraction: { label: 'Extract lineage', icon: IconGitBranch },
  metric_capture: { label: 'Capture metrics', icon: IconChartLine },
  intelligence_analysis: { label: 'Document', icon: IconFileDescription },
}

/** Starts the jobs that can run on this asset: at once as they are by default, or with options that are asked for first. */
export function StartJobButtons({ asset }: { asset: Pick<AssetDetail, 'id' | 'jobTypes'> }) {
  const may = useMay('operator')
  const start = useStartJob()
  const showRefused = useShowRefusedStart()
  const [asked, setAsked] = useState<JobType | null>(null)
  const possible = jobTypes.filter((type) => asset.jobTypes.includes(type))
  return (
    <>
      {possible.map((type) => {
        const { label, icon: Icon } = looks[type]
        const variant = type === 'schema_discovery' ? 'filled' : 'default'
        return (
          <Button.Group key={type}>
            <GatedButton
              size="xs"
              px="xs"
              variant={variant}
              leftSection={<Icon size={15} aria-hidden />}
              loading={start.isPending && start.variables.type === type}
              decision={may}
              onClick={() => start.mutate({ type, assetId: asset.id }, { onError: showRefused })}
            >
              {label}
            </GatedButton>
            <GatedButton
              size="xs"
              px={5}
              ml={variant === 'filled' ? 1 : 0}
              variant={variant}
              aria-label={`${label} with options…`}
              aria-haspopup="dialog"
              tip="With options…"
              decision={may}
              onClick={() => setAsked(type)}
            >
              <IconChevronDown size={14} aria-hidden />
            </GatedButton>
          </Button.Group>
        )
      })}
      {asked !== null && <StartDialog type={asked} assetId={asset.id} onClose={() => setAsked(null)} />}
    </>
  )
}
