import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import { DeleteScheduleDialog } from './actions/delete-schedule-dialog.tsx'
import { PauseDialog } from './actions/pause-dialog.tsx'
import { ScheduleDialog } from './editor/schedule-dialog.tsx'
import type { Schedule } from '@plumbline/api'

/** What is asked about before it is done. */
type AskedAction = 'edit' | 'pause' | 'delete'
type AskFor = (action: AskedAction, schedule: Schedule) => void

const ScheduleActionsContext = createContext<AskFor | null>(null)

/** Opens the dialog of an action, from a row's menu or from the details. */
export function useScheduleActions(): AskFor {
  const ask = use(ScheduleActionsContext)
  if (ask === null) throw new Error('Rendered outside of ScheduleActionsProvider')
  return ask
}

interface ScheduleActionsProviderProps {
  /** What is shown when the schedule is gone. */
  onDeleted?: (() => void) | undefined
  children: ReactNode
}

export function ScheduleActionsProvider({ onDeleted, children }: ScheduleActionsProviderProps) {
  const [asked, setAsked] = useState<{ action: AskedAction; schedule: Schedule } | null>(null)
  const ask = useMemo<AskFor>(() => (action, schedule) => setAsked({ action, schedule }), [])
  const close = (): void => setAsked(null)
  return (
    <ScheduleActionsContext value={ask}>
      {children}
      {asked?.action === 'edit' && <ScheduleDialog begin={asked} onClose={close} onSaved={close} />}
      {asked?.action === 'pause' && <PauseDialog schedule={asked.schedule} onClose={close} />}
      {asked?.action === 'delete' && (
        <DeleteScheduleDialog
          schedule={asked.schedule}
          onClose={close}
          onDeleted={() => {
            close()
            onDeleted?.()
          }}
        />
      )}
    </ScheduleActionsContext>
  )
}
