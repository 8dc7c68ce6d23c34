import { Anchor, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { alertDeliveries, alertKeys, replayDelivery } from '../api/alert-calls.ts'
import { useMay } from '../api/me.ts'
import { GatedButton } from '../shell/gated-button.tsx'
import { GivenName } from '../shell/given-name.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { counted } from '../text/count.ts'
import { deliveryStateLabels, noticeLabels } from './alert-labels.ts'
import { ListStates } from './list-states.tsx'
import type { AlertDelivery } from '@plumbline/api'

/** What was sent where and what came of it, newest first. */
export function DeliveryLog({ query }: { query: { incidentId?: string; channelId?: string } }) {
  const list = useInfiniteQuery(alertDeliveries(query))
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="xs">
      {rows.length > 0 && (
        <HeadedTable label="Deliveries" minWidth={680} headers={['When', 'Channel', 'What', 'State', 'Tries', '']}>
          {rows.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} withIncident={query.incidentId === undefined} />
          ))}
        </HeadedTable>
      )}
      {list.isSuccess && rows.length === 0 && <Text size="sm">Nobody was told yet.</Text>}
      <ListStates list={list} />
    </Stack>
  )
}

function DeliveryRow({ delivery, withIncident }: { delivery: AlertDelivery; withIncident: boolean }) {
  const { createdAt, channel, event, incident, state, tries, log } = delivery
  return (
    <Table.Tr>
      <Table.Td>
        <TimeAgo at={createdAt} />
      </Table.Td>
      <Table.Td>
        <GivenName>{channel.name}</GivenName>
      </Table.Td>
      <Table.Td>
        {noticeLabels[event]}
        {withIncident && incident !== null && (
          <Anchor
            size="sm"
            display="block"
            renderRoot={(props) => <Link {...props} to="/alerts/$incidentId" params={{ incidentId: incident.id }} />}
          >
            <GivenName>{incident.title}</GivenName>
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>
        {deliveryStateLabels[state]}
        <Text size="xs" c="dimmed">
          {delivery.reason ?? (state === 'delivered' ? null : log.at(-1)?.error)}
        </Text>
      </Table.Td>
      <Table.Td>{tries === 0 ? '–' : counted(tries, 'try', 'tries')}</Table.Td>
      <Table.Td>
        <Replay delivery={delivery} />
      </Table.Td>
    </Table.Tr>
  )
}

function Replay({ delivery: { id, state } }: { delivery: AlertDelivery }) {
  const may = useMay('admin')
  const queryClient = useQueryClient()
  const replay = useMutation({
    mutationFn: () => replayDelivery(id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: alertKeys.all }),
  })
  if (state === 'pending' || state === 'held') return null
  return (
    <>
      <GatedButton
        size="compact-xs"
        variant="default"
        decision={may}
        loading={replay.isPending}
        onClick={() => replay.mutate()}
      >
        Send again
      </GatedButton>
      {replay.isError && <ProblemAlert error={replay.error} />}
    </>
  )
}
