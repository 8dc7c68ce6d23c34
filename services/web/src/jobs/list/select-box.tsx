import { Checkbox } from '@mantine/core'
import { shortId } from '../../text/short-id.ts'
import type { RowSelection } from './use-selection.ts'
import type { Job } from '@plumbline/api'

/** The box that chooses a row; with Shift also the rows since the last one. */
export function SelectBox({ job, selection }: { job: Job; selection: RowSelection }) {
  return (
    <Checkbox
      size="xs"
      aria-label={`Select job ${shortId(job.id)}`}
      tabIndex={-1}
      checked={selection.has(job.id)}
      onClick={(event) => {
        event.stopPropagation()
        selection.toggle(job.id, event.shiftKey)
      }}
      // What a click does is decided above, where it is known whether Shift was held.
      onChange={() => undefined}
    />
  )
}

/** The box of all rows that were read. */
export function SelectAllBox({ selection }: { selection: RowSelection }) {
  return (
    <Checkbox
      size="xs"
      aria-label="Select all jobs that are shown"
      checked={selection.share === 'all'}
      indeterminate={selection.share === 'some'}
      onChange={selection.toggleAll}
    />
  )
}
