import type { AlertChannel, AlertDelivery, AlertRule, Incident, IncidentDetail } from '@plumbline/api'
import type { ChannelRecord, DeliveryRow, IncidentRecord, OccurrenceRow, RuleRecord } from '@plumbline/store'
import { errorCodes } from '@plumbline/workflows'

const iso = (time: Date | null): string | null => time?.toISOString() ?? null

export const ruleView = ({ createdAt, updatedAt, ...rule }: RuleRecord): AlertRule => ({
  ...rule,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

export const channelView = ({ createdAt, updatedAt, ...channel }: ChannelRecord): AlertChannel => ({
  ...channel,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

export const incidentView = (row: IncidentRecord): Incident => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  title: row.title,
  message: row.message,
  errorCode: row.error_code,
  hint: row.error_code && errorCodes[row.error_code].hint,
  connection: row.connection_id === null ? null : { id: row.connection_id, name: row.connection_name ?? '' },
  asset: row.asset_id === null ? null : { id: row.asset_id, qualifiedName: row.asset_name ?? '' },
  jobType: row.job_type,
  occurrences: row.occurrences,
  openedAt: row.opened_at.toISOString(),
  lastAt: row.last_at.toISOString(),
  escalatedAt: iso(row.escalated_at),
  acknowledgedAt: iso(row.acknowledged_at),
  acknowledgedBy: row.acknowledged_by,
  mutedUntil: iso(row.muted_until),
  mutedBy: row.muted_by,
  resolvedAt: iso(row.resolved_at),
  resolvedBy: row.resolved_by,
})

export const incidentDetailView = (row: IncidentRecord, recent: OccurrenceRow[]): IncidentDetail => ({
  ...incidentView(row),
  recent: recent.map((one) => ({
    jobId: one.job_id,
    asset: { id: one.asset_id, qualifiedName: one.asset_name },
    at: one.at.toISOString(),
    message: one.message,
  })),
})

export const deliveryView = (row: DeliveryRow): AlertDelivery => ({
  id: row.id,
  event: row.event,
  channel: { id: row.channel_id, name: row.channel_name },
  incident: row.incident_id === null ? null : { id: row.incident_id, title: row.incident_title ?? '' },
  state: row.state,
  reason: row.reason,
  replayOf: row.replay_of,
  digestId: row.digest_id,
  tries: row.tries,
  log: row.log,
  createdAt: row.created_at.toISOString(),
  endedAt: iso(row.ended_at),
})
