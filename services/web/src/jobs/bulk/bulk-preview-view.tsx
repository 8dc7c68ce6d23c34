import { Group, List, Stack, Text } from '@mantine/core'
import { jobDefinition } from '@plumbline/workflows'
import { counted, numberText } from '../../text/count.ts'
import { shortId } from '../../text/short-id.ts'
import { JobStatusMark } from '../job-status.tsx'
import { leftOut, previewCount } from './bulk-words.ts'
import classes from './bulk.module.css'
import type { Selection } from '../list/selection.ts'
import type { BulkPreview, Job } from '@plumbline/api'
import type { BulkAction } from '@plumbline/workflows'

const effects: Record<BulkAction, string> = {
  cancel: 'Those that wait end at once; those that run stop, and so do their statements. What they stored stays.',
  retry: 'Each gets a new attempt with its configuration as it was.',
}

interface BulkPreviewViewProps {
  action: BulkAction
  preview: BulkPreview
  selection: Selection
  chosen: readonly Job[]
}

/** How many jobs it would act on, some of them, and how many of the chosen ones are left out and why. */
export function BulkPreviewView({ action, preview, selection, chosen }: BulkPreviewViewProps) {
  const refused = selection.kind === 'some' ? leftOut(chosen, action) : []
  const more = preview.count - preview.sample.length
  return (
    <Stack gap="sm">
      <Text size="sm">
        {preview.count === 0 ? (
          <b>None of them: there is nothing to {action}.</b>
        ) : (
          <>
            It acts on <b>{previewCount(preview)}</b>. {effects[action]}
          </>
        )}
      </Text>
      {refused.length > 0 && (
        <div>
          <Text size="sm">Left out of what you selected:</Text>
          <List size="sm">
            {refused.map(({ reason, count }) => (
              <List.Item key={reason}>
                {counted(count, 'job')}: {reason}
              </List.Item>
            ))}
          </List>
        </div>
      )}
      {selection.kind === 'matching' && (
        <Text size="sm" c="dimmed">
          What else matches the filter cannot be {action === 'cancel' ? 'cancelled' : 'retried'} and is left out.
        </Text>
      )}
      {preview.sample.length > 0 && (
        <ul className={classes.sample} tabIndex={0} aria-label="Some of the jobs">
          {preview.sample.map((job) => (
            <li key={job.id}>
              <Group gap="sm" wrap="nowrap">
                <Text size="sm" ff="monospace">
                  {shortId(job.id)}
                </Text>
                <JobStatusMark job={job} />
                <Text size="sm" truncate>
                  {jobDefinition(job.type).label} of {job.asset.qualifiedName}
                </Text>
              </Group>
            </li>
          ))}
          {more > 0 && (
            <li>
              <Text size="sm" c="dimmed">
                and {preview.capped ? 'many' : numberText(more)} more
              </Text>
            </li>
          )}
        </ul>
      )}
    </Stack>
  )
}
