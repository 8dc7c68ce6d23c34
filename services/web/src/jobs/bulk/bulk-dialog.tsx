import { Button, Group, Modal, Skeleton, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { bulkPreview, startBulk } from '../../api/bulk-calls.ts'
import { watchedOperations } from '../../operations/watched-operations.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ReasonField } from '../actions/reason-field.tsx'
import { BulkRetryModes } from './bulk-retry-modes.tsx'
import { BulkPreviewView } from './bulk-preview-view.tsx'
import { bulkTargets } from './bulk-targets.ts'
import { bulkVerbs, previewCount } from './bulk-words.ts'
import type { JobSearch } from '../job-search.ts'
import type { Selection } from '../list/selection.ts'
import type { Bulk, Job } from '@plumbline/api'
import type { BulkAction, RetryMode } from '@plumbline/workflows'

interface BulkDialogProps {
  action: BulkAction
  selection: Selection
  /** Those of the chosen jobs that were read. */
  chosen: readonly Job[]
  search: JobSearch
  nowMs: number
  onClose: () => void
  onStarted: () => void
}

/** Shows what a bulk action would act on before it does. */
export function BulkDialog({ action, selection, chosen, search, nowMs, onClose, onStarted }: BulkDialogProps) {
  // What was chosen when the dialog was opened: a list that goes on behind it does not change what is agreed to.
  const [bulk] = useState<Bulk>(() => ({ action, ...bulkTargets(selection, search, nowMs) }))
  const [reason, setReason] = useState('')
  const [mode, setMode] = useState<RetryMode>('from_start')
  const preview = useQuery(bulkPreview(bulk))
  const start = useStart(() => {
    onClose()
    onStarted()
  })
  const { does } = bulkVerbs[action]
  return (
    <Modal opened onClose={onClose} size="lg" title={`${does} many jobs`}>
      <form
        action={() =>
          start.mutate({
            ...bulk,
            ...(action === 'retry' && { mode }),
            ...(reason.trim() !== '' && { reason: reason.trim() }),
          })
        }
      >
        <Stack>
          {preview.isPending && <Skeleton height={160} />}
          {preview.isError && <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />}
          {preview.data !== undefined && (
            <BulkPreviewView action={action} preview={preview.data} selection={selection} chosen={chosen} />
          )}
          {action === 'cancel' && <ReasonField value={reason} onChange={setReason} />}
          {action === 'retry' && <BulkRetryModes mode={mode} onChange={setMode} />}
          {start.isError && <ProblemAlert error={start.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button
              type="submit"
              color={action === 'cancel' ? 'red' : undefined}
              disabled={preview.data === undefined || preview.data.count === 0}
              loading={start.isPending}
            >
              {does} {preview.data === undefined ? '' : previewCount(preview.data)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function useStart(onStarted: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: startBulk,
    onSuccess: (operation) => {
      queryClient.setQueryData(['operations', operation.id], operation)
      watchedOperations.add(operation.id)
      onStarted()
    },
  })
}
