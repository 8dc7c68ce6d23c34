import { Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { alertDelivery, testAlertChannel } from '../../api/alert-calls.ts'
import { useMay } from '../../api/me.ts'
import { GatedButton } from '../../shell/gated-button.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'

/** Sends a test and says what came of it. */
export function TestChannel({ channelId }: { channelId: string }) {
  const test = useMutation({ mutationFn: () => testAlertChannel(channelId) })
  const sent = useQuery({ ...alertDelivery(test.data?.id ?? ''), enabled: test.isSuccess })
  const underWay = test.isPending || (test.isSuccess && (sent.data === undefined || sent.data.state === 'pending'))
  return (
    <>
      <GatedButton
        size="compact-xs"
        variant="default"
        decision={useMay('admin')}
        loading={underWay}
        onClick={() => test.mutate()}
      >
        Test
      </GatedButton>
      {!underWay && sent.data !== undefined && (
        <Text size="xs" role="status" c={sent.data.state === 'delivered' ? 'green' : 'red'} maw={260}>
          {sent.data.state === 'delivered' ? 'It arrived' : (sent.data.reason ?? 'It did not arrive')}
        </Text>
      )}
      {test.isError && <ProblemAlert error={test.error} />}
    </>
  )
}
