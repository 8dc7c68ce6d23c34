import { Button, CloseButton, Progress, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconBan, IconCircleCheck, IconLoader2 } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { cancelOperation, operation as operationQuery } from '../api/bulk-calls.ts'
import { jobKeys } from '../api/job-calls.ts'
import { useMay } from '../api/me.ts'
import { asProblem } from '../api/problem.ts'
import { DockLine } from '../shell/dock-line.tsx'
import { GatedButton } from '../shell/gated-button.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { operationText } from './operation-text.ts'
import { RefusalsDialog } from './refusals-dialog.tsx'
import type { Operation } from '@plumbline/api'
import type { OperationStatus } from '@plumbline/workflows'

const icons: Record<OperationStatus, typeof IconLoader2> = {
  running: IconLoader2,
  completed: IconCircleCheck,
  cancelled: IconBan,
  failed: IconAlertTriangle,
}

/** One operation: how far it is, a way to stop it, and at its end what was refused. */
export function OperationLine({ operationId, onPutAway }: { operationId: string; onPutAway: () => void }) {
  const { data, error, refetch } = useQuery(operationQuery(operationId))
  const ended = data !== undefined && data.status !== 'running'
  useRereadAtEnd(ended)
  // Of another organization, or long gone: there is nothing to show, and nothing to be done about it.
  const gone = error !== null && asProblem(error).status === 404
  useEffect(() => {
    if (gone) onPutAway()
  }, [gone, onPutAway])
  if (gone) return null
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  const { status, progress, refused } = data
  return (
    <DockLine label="Bulk operation" icon={icons[status]} text={operationText(data)}>
      {status === 'running' && <Progress flex={1} miw={80} value={progress.percent} aria-label="Progress" />}
      {data.error !== null && <Text size="xs">{data.error}</Text>}
      {refused > 0 && <ShowRefused operation={data} />}
      {status === 'running' && <StopButton operation={data} />}
      {ended && <CloseButton size="sm" ml="auto" aria-label="Put away" onClick={onPutAway} />}
    </DockLine>
  )
}

/** Events bring what changed; counts and lists that hide what ended are read once more when it is over. */
function useRereadAtEnd(ended: boolean): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (ended) void queryClient.invalidateQueries({ queryKey: jobKeys.counts })
  }, [ended, queryClient])
}

function StopButton({ operation }: { operation: Operation }) {
  const queryClient = useQueryClient()
  const may = useMay('operator')
  const stop = useMutation({
    mutationFn: () => cancelOperation(operation.id),
    onSuccess: (stopped) => queryClient.setQueryData(operationQuery(operation.id).queryKey, stopped),
    // It had ended already: its line says so once it is read anew.
    onError: () => queryClient.invalidateQueries({ queryKey: operationQuery(operation.id).queryKey }),
  })
  return (
    <GatedButton
      size="compact-sm"
      variant="default"
      loading={stop.isPending || operation.cancelling}
      decision={may}
      onClick={() => stop.mutate()}
    >
      Stop
    </GatedButton>
  )
}

function ShowRefused({ operation }: { operation: Operation }) {
  const [open, dialog] = useDisclosure(false)
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={dialog.open}>
        Show what was refused
      </Button>
      {open && <RefusalsDialog operation={operation} onClose={dialog.close} />}
    </>
  )
}
