import { IconBan, IconHandStop, IconRotate, type Icon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { whoAmI } from '../../api/me.ts'
import { GatedButton } from '../../shell/gated-button.tsx'
import { useJobActions, type AskedAction } from '../actions/job-actions.tsx'
import { jobDecisions } from '../actions/job-decisions.ts'
import type { JobDetail } from '@plumbline/api'

const looks: Record<AskedAction, { label: string; icon: Icon; color: string | undefined }> = {
  retry: { label: 'Retry', icon: IconRotate, color: undefined },
  cancel: { label: 'Cancel', icon: IconBan, color: 'red' },
  terminate: { label: 'Force stop', icon: IconHandStop, color: 'red' },
}

/** What can be done with the job now; what cannot says why. Forcing is a matter of a cancel that does not end only. */
export function ActionButtons({ job }: { job: JobDetail }) {
  return (
    <>
      <ActionButton action="retry" job={job} />
      <ActionButton action="cancel" job={job} />
      {job.flags.includes('cancelling') && <ActionButton action="terminate" job={job} />}
    </>
  )
}

function ActionButton({ action, job }: { action: AskedAction; job: JobDetail }) {
  const { data: me } = useQuery(whoAmI())
  const ask = useJobActions()
  const decision = jobDecisions(job, me?.role)[action]
  const { label, icon: Icon, color } = looks[action]
  return (
    <GatedButton
      size="xs"
      variant={action === 'retry' && decision.allowed && job.error?.retryable !== false ? 'filled' : 'default'}
      c={decision.allowed ? color : undefined}
      leftSection={<Icon size={15} aria-hidden />}
      decision={decision}
      onClick={() => ask(action, job)}
    >
      {label}
    </GatedButton>
  )
}
