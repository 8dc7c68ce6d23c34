import { Anchor } from '@mantine/core'
import { errorCodes, isErrorCode, jobDefinition } from '@plumbline/workflows'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { TimeUntil } from '../../shell/time-until.tsx'
import { numberText } from '../../text/count.ts'
import { alertKindLabels } from '../alert-labels.ts'
import type { Incident } from '@plumbline/api'

/** What is known of an incident, without what does not apply. */
export function incidentFacts(incident: Incident): (readonly [string, ReactNode])[] {
  const { connection, asset, jobType, acknowledgedAt, acknowledgedBy, mutedUntil, mutedBy, resolvedAt, resolvedBy } =
    incident
  const muted = mutedUntil !== null && incident.state === 'muted'
  return [
    ['Kind', alertKindLabels[incident.kind]],
    ['Happened', numberText(incident.occurrences)],
    ['Began', <TimeAgo key="began" at={incident.openedAt} />],
    ['Last', <TimeAgo key="last" at={incident.lastAt} />],
    ...(connection === null ? [] : [['Connection', connection.name] as const]),
    ...(asset === null ? [] : [['Asset', <AssetLink key="asset" asset={asset} />] as const]),
    ...(jobType === null ? [] : [['Job', jobDefinition(jobType).label] as const]),
    ...(incident.errorCode === null
      ? []
      : [
          [
            'Error',
            isErrorCode(incident.errorCode) ? errorCodes[incident.errorCode].title : incident.errorCode,
          ] as const,
        ]),
    ...(acknowledgedAt === null
      ? []
      : [['Acknowledged', <By key="ack" at={acknowledgedAt} by={acknowledgedBy} />] as const]),
    ...(muted ? [['Muted', <Until key="muted" at={mutedUntil} by={mutedBy} />] as const] : []),
    ...(resolvedAt === null ? [] : [['Over', <By key="over" at={resolvedAt} by={resolvedBy} />] as const]),
  ]
}

function AssetLink({ asset }: { asset: NonNullable<Incident['asset']> }) {
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/assets/$assetId" params={{ assetId: asset.id }} />}>
      {asset.qualifiedName}
    </Anchor>
  )
}

const By = ({ at, by }: { at: string; by: string | null }) => (
  <>
    <TimeAgo at={at} />
    {by !== null && ` by ${by}`}
  </>
)

const Until = ({ at, by }: { at: string; by: string | null }) => (
  <>
    ends <TimeUntil at={at} />
    {by !== null && ` · by ${by}`}
  </>
)
