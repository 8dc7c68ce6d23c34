import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { assetKeys } from '../../api/asset-calls.ts'
import { markPoints } from '../../api/metric-calls.ts'
import { useMay } from '../../api/me.ts'
import { JobLink } from '../../jobs/job-link.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { shortId } from '../../text/short-id.ts'
import { fullTime } from '../../text/time.ts'
import { pointText, seriesTitle } from './metric-texts.ts'
import type { MetricPoint, MetricSeries } from '@plumbline/api'

interface PointDialogProps {
  series: MetricSeries
  point: MetricPoint
  onClose: () => void
}

/** One value: what it is, what was expected, and whether it is known to be wrong. */
export function PointDialog({ series, point, onClose }: PointDialogProps) {
  const may = useMay('operator')
  const queryClient = useQueryClient()
  const mark = useMutation({
    mutationFn: () => markPoints(series.asset.id, { seriesId: series.id, at: [point.at], knownBad: !point.knownBad }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: assetKeys.all })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={`${seriesTitle(series)} at ${fullTime(point.at)}`}>
      <Stack>
        <Text size="sm">{pointText(series.metric, point)}.</Text>
        {point.anomaly !== null && (
          <Text size="sm" c="red">
            {point.anomaly === 'high' ? 'More than expected.' : 'Less than expected.'}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          Measured by{' '}
          <JobLink jobId={point.jobId} size="sm" ff="monospace">
            {shortId(point.jobId)}
          </JobLink>
          . A value that is known to be bad is left out when later ones are judged.
        </Text>
        {mark.isError && <ProblemAlert error={mark.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <GatedButton decision={may} loading={mark.isPending} onClick={() => mark.mutate()}>
            {point.knownBad ? 'Not bad after all' : 'Mark as known bad'}
          </GatedButton>
        </Group>
      </Stack>
    </Modal>
  )
}
