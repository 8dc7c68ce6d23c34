import { Group, Menu } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { actOnIncident, alertKeys, type IncidentAct } from '../../api/alert-calls.ts'
import { useMay } from '../../api/me.ts'
import { serverNow } from '../../live/server-clock.ts'
import { GatedButton } from '../../shell/gated-button.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import type { Incident } from '@plumbline/api'

const hourMs = 3_600_000
const spans = [
  { label: 'For an hour', ms: hourMs },
  { label: 'For a day', ms: 24 * hourMs },
  { label: 'For a week', ms: 7 * 24 * hourMs },
] as const

/** What can be done about an incident that is not over. */
export function IncidentActions({ incident }: { incident: Incident }) {
  const may = useMay('operator')
  const queryClient = useQueryClient()
  const act = useMutation({
    mutationFn: (what: IncidentAct) => actOnIncident(incident.id, what),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: alertKeys.all }),
  })
  if (incident.state === 'resolved') return null
  return (
    <>
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        {incident.acknowledgedAt === null && (
          <GatedButton
            size="compact-xs"
            variant="default"
            decision={may}
            loading={act.isPending}
            onClick={() => act.mutate({ action: 'acknowledge' })}
          >
            Acknowledge
          </GatedButton>
        )}
        <Menu disabled={!may.allowed}>
          <Menu.Target>
            <GatedButton size="compact-xs" variant="default" decision={may} onClick={() => undefined}>
              Mute
            </GatedButton>
          </Menu.Target>
          <Menu.Dropdown>
            {spans.map(({ label, ms }) => (
              <Menu.Item
                key={label}
                onClick={() => act.mutate({ action: 'mute', until: new Date(serverNow() + ms).toISOString() })}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <GatedButton
          size="compact-xs"
          variant="default"
          decision={may}
          loading={act.isPending}
          onClick={() => act.mutate({ action: 'resolve' })}
        >
          Resolve
        </GatedButton>
      </Group>
      {act.isError && <ProblemAlert error={act.error} />}
    </>
  )
}
