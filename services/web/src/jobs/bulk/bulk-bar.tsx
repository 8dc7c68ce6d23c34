import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconBan, IconRotate, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { jobCounts } from '../../api/job-calls.ts'
import { useMay } from '../../api/me.ts'
import { GatedButton } from '../../shell/gated-button.tsx'
import { counted } from '../../text/count.ts'
import { countText } from '../filters/tab-count.ts'
import { countQuery, type JobSearch } from '../job-search.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { bulkVerbs, leftOut } from './bulk-words.ts'
import classes from './bulk.module.css'
import type { Selection } from '../list/selection.ts'
import type { Job } from '@plumbline/api'
import type { ActionDecision, BulkAction } from '@plumbline/workflows'

interface BulkBarProps {
  selection: Selection
  /** The rows that were read. */
  jobs: readonly Job[]
  search: JobSearch
  /** What the date preset of the search reaches back from. */
  nowMs: number
  /** Whether all that match were read. */
  complete: boolean
  onSelectMatching: () => void
  onClear: () => void
}

const icons = { cancel: IconBan, retry: IconRotate } as const satisfies Record<BulkAction, unknown>

/** What can be done with the jobs that are chosen. */
export function BulkBar(props: BulkBarProps) {
  const { selection, jobs, search, nowMs, complete, onSelectMatching, onClear } = props
  const [asked, setAsked] = useState<BulkAction | null>(null)
  const chosen = selection.kind === 'some' ? jobs.filter(({ id }) => selection.ids.has(id)) : jobs
  const nothing = selection.kind === 'some' && selection.ids.size === 0
  const total = useTotal(search, nowMs, !nothing)
  if (nothing) return null
  return (
    <Group className={classes.bar ?? ''} gap="sm" role="toolbar" aria-label="Selected jobs">
      <Text size="sm" fw={600} role="status">
        {selection.kind === 'some'
          ? `${counted(selection.ids.size, 'job')} selected`
          : `${upperFirst(total)} that match selected`}
      </Text>
      {selection.kind === 'some' && !complete && (
        <Anchor component="button" type="button" size="sm" onClick={onSelectMatching}>
          Select {total} that match the filter
        </Anchor>
      )}
      <Group gap="xs" ml="auto">
        <ActionButton action="cancel" selection={selection} chosen={chosen} onClick={setAsked} />
        <ActionButton action="retry" selection={selection} chosen={chosen} onClick={setAsked} />
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconX size={14} aria-hidden />} onClick={onClear}>
          Clear
        </Button>
      </Group>
      {asked !== null && (
        <BulkDialog
          action={asked}
          selection={selection}
          chosen={chosen}
          search={search}
          nowMs={nowMs}
          onClose={() => setAsked(null)}
          onStarted={onClear}
        />
      )}
    </Group>
  )
}

interface ActionButtonProps {
  action: BulkAction
  selection: Selection
  chosen: readonly Job[]
  onClick: (action: BulkAction) => void
}

function ActionButton({ action, selection, chosen, onClick }: ActionButtonProps) {
  const may = useMay('operator')
  const Icon = icons[action]
  return (
    <GatedButton
      size="xs"
      variant="default"
      c={action === 'cancel' ? 'red' : undefined}
      leftSection={<Icon size={15} aria-hidden />}
      decision={may.allowed ? someAllowed(action, selection, chosen) : may}
      onClick={() => onClick(action)}
    >
      {bulkVerbs[action].does}
    </GatedButton>
  )
}

/** Refused when it is known of every chosen job that it is; what was not read is asked of the server. */
function someAllowed(action: BulkAction, selection: Selection, chosen: readonly Job[]): ActionDecision {
  if (selection.kind === 'matching' || chosen.length < selection.ids.size) return { allowed: true }
  const refusals = leftOut(chosen, action)
  if (refusals.reduce((sum, { count }) => sum + count, 0) < chosen.length) return { allowed: true }
  return { allowed: false, reason: refusals.map(({ reason, count }) => `${reason} (${count})`).join(' · ') }
}

/** `all 1,200`, or `all` as long as it is not known how many match. */
function useTotal(search: JobSearch, nowMs: number, enabled: boolean): string {
  const { data: counts } = useQuery({ ...jobCounts(countQuery(search, nowMs)), enabled })
  if (counts === undefined) return 'all'
  return `all ${countText(counts, search)}`
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
