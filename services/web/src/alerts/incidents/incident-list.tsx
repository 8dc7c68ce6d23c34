import { Anchor, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { IconBellCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { incidentList } from '../../api/alert-calls.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { GivenName } from '../../shell/given-name.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { numberText } from '../../text/count.ts'
import { alertKindLabels } from '../alert-labels.ts'
import { ListStates } from '../list-states.tsx'
import { IncidentActions } from './incident-actions.tsx'
import { IncidentStateMark } from './incident-state-mark.tsx'
import type { Incident } from '@plumbline/api'

const route = getRouteApi('/alerts')
const states = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
] as const

/** Incidents, open ones first. */
export function IncidentList() {
  const { state } = route.useSearch()
  const navigate = useNavigate()
  const list = useInfiniteQuery(incidentList({ state }))
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label="Which incidents"
        size="xs"
        data={[...states]}
        value={state ?? 'all'}
        style={{ alignSelf: 'flex-start' }}
        onChange={(chosen) =>
          void navigate({
            to: '/alerts',
            search: { state: chosen === 'open' || chosen === 'resolved' ? chosen : undefined },
            replace: true,
          })
        }
      />
      {rows.length > 0 && (
        <HeadedTable
          label="Incidents"
          minWidth={760}
          headers={['State', 'What happened', 'Times', 'Last', 'Began', '']}
        >
          {rows.map((incident) => (
            <IncidentRow key={incident.id} incident={incident} />
          ))}
        </HeadedTable>
      )}
      {list.isSuccess && rows.length === 0 && (
        <EmptyNote icon={IconBellCheck} title="No incidents" text="Nothing that a rule is about has happened." />
      )}
      <ListStates list={list} />
    </Stack>
  )
}

function IncidentRow({ incident }: { incident: Incident }) {
  const { id, title, kind, occurrences, lastAt, openedAt } = incident
  return (
    <Table.Tr>
      <Table.Td>
        <IncidentStateMark incident={incident} />
      </Table.Td>
      <Table.Td>
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/alerts/$incidentId" params={{ incidentId: id }} />}
        >
          <GivenName>{title}</GivenName>
        </Anchor>
        <Text size="xs" c="dimmed">
          {alertKindLabels[kind]}
        </Text>
      </Table.Td>
      <Table.Td>{numberText(occurrences)}</Table.Td>
      <Table.Td>
        <TimeAgo at={lastAt} />
      </Table.Td>
      <Table.Td>
        <TimeAgo at={openedAt} />
      </Table.Td>
      <Table.Td>
        <IncidentActions incident={incident} />
      </Table.Td>
    </Table.Tr>
  )
}
