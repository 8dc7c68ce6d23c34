import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import { CancelDialog } from './cancel-dialog.tsx'
import { RetryDialog } from './retry-dialog.tsx'
import { TerminateDialog } from './terminate-dialog.tsx'
import type { Job } from '@plumbline/api'
import type { JobAction } from '@plumbline/workflows'

/** Which mode a retry has is asked in its dialog. */
export type AskedAction = Exclude<JobAction, 'retryFromFailure'>
type AskFor = (action: AskedAction, job: Job) => void

const JobActionsContext = createContext<AskFor | null>(null)

/** Opens the dialog of an action, from a row's menu or from the details. */
export function useJobActions(): AskFor {
  const ask = use(JobActionsContext)
  if (ask === null) throw new Error('Rendered outside of JobActionsProvider')
  return ask
}

export function JobActionsProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ action: AskedAction; job: Job } | null>(null)
  const ask = useMemo<AskFor>(() => (action, job) => setAsked({ action, job }), [])
  const close = (): void => setAsked(null)
  return (
    <JobActionsContext value={ask}>
      {children}
      {asked?.action === 'cancel' && <CancelDialog job={asked.job} onClose={close} />}
      {asked?.action === 'terminate' && <TerminateDialog job={asked.job} onClose={close} />}
      {asked?.action === 'retry' && <RetryDialog job={asked.job} onClose={close} />}
    </JobActionsContext>
  )
}
