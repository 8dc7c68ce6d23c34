import { Anchor, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { JobLink } from '../jobs/job-link.tsx'
import { watchedOperations } from '../operations/watched-operations.ts'
import { ScheduleLink } from '../schedules/schedule-link.tsx'
import { GivenName } from '../shell/given-name.tsx'
import { shortId } from '../text/short-id.ts'
import type { AuditEntry } from '@plumbline/api'

export interface AuditTargetProps extends Pick<AuditEntry, 'target'> {
  /** Narrows the list to one target. */
  onTarget: (targetId: string) => void
}

/** What something was done to, as a link to where it is seen, and whether nothing else is to be listed. */
export function AuditTarget({ target, onTarget }: AuditTargetProps) {
  return (
    <Group gap="xs">
      <TargetLink target={target} />
      <Anchor component="button" type="button" size="xs" c="dimmed" onClick={() => onTarget(target.id)}>
        only this
      </Anchor>
    </Group>
  )
}

const alertTabOf = { 'alert-rule': 'rules', 'alert-channel': 'channels', 'alert-delivery': 'deliveries' } as const

function TargetLink({ target: { kind, id, name: called } }: Pick<AuditEntry, 'target'>) {
  const name = <GivenName>{called ?? `${kind.replaceAll('-', ' ')} ${shortId(id)}`}</GivenName>
  switch (kind) {
    case 'job':
      return (
        <JobLink jobId={id} size="sm">
          {name}
        </JobLink>
      )
    case 'asset':
      return (
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/assets/$assetId" params={{ assetId: id }} />}>
          {name}
        </Anchor>
      )
    case 'connection':
      return (
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/connections" />}>
          {name}
        </Anchor>
      )
    case 'schedule':
      return (
        <ScheduleLink scheduleId={id} size="sm">
          {name}
        </ScheduleLink>
      )
    case 'operation':
      return (
        <Anchor component="button" type="button" size="sm" onClick={() => watchedOperations.add(id)}>
          {name}
        </Anchor>
      )
    case 'token':
      return (
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/tokens" />}>
          {name}
        </Anchor>
      )
    case 'tag-rule':
      return (
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/tag-rules" />}>
          {name}
        </Anchor>
      )
    case 'incident':
      return (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/alerts/$incidentId" params={{ incidentId: id }} />}
        >
          {name}
        </Anchor>
      )
    case 'alert-rule':
    case 'alert-channel':
    case 'alert-delivery':
      return (
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/alerts" search={{ tab: alertTabOf[kind] }} />}>
          {name}
        </Anchor>
      )
    case 'organization':
      return <Text size="sm">{name}</Text>
  }
}
