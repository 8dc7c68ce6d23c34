import { Alert, Anchor, Group, Text } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IncidentStateMark } from '../../alerts/incidents/incident-state-mark.tsx'
import { incidentList } from '../../api/alert-calls.ts'
import { counted } from '../../text/count.ts'

/** The incidents that a job is an occurrence of. */
export function IncidentNote({ jobId }: { jobId: string }) {
  const { data } = useInfiniteQuery(incidentList({ jobId }))
  const incidents = data?.pages.flatMap((page) => page.items) ?? []
  if (incidents.length === 0) return null
  return (
    <Alert color="gray" variant="light" icon={<IconBell aria-hidden />} title="Part of an incident" role="group">
      {incidents.map((incident) => (
        <Group key={incident.id} gap="xs">
          <IncidentStateMark incident={incident} />
          <Anchor
            size="sm"
            renderRoot={(props) => <Link {...props} to="/alerts/$incidentId" params={{ incidentId: incident.id }} />}
          >
            {incident.title}
          </Anchor>
          <Text size="xs" c="dimmed">
            {counted(incident.occurrences, 'occurrence')}
          </Text>
        </Group>
      ))}
    </Alert>
  )
}
