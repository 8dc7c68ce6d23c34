import type { AlertKind, ChannelKind, DeliveryState, IncidentState, NoticeEvent } from '@plumbline/workflows'

export const alertKindLabels: Record<AlertKind, string> = {
  failure: 'Failed job',
  regression: 'Job became slow',
  long_running: 'Job runs too long',
  late_schedule: 'Late or skipped schedule',
  breaking_change: 'Breaking schema change',
  stale_table: 'Stale table',
  metric_anomaly: 'Metric anomaly',
  new_pii: 'New personal data',
}

export const channelKindLabels: Record<ChannelKind, string> = { webhook: 'Webhook', slack: 'Slack', email: 'Email' }

export const incidentStateLabels: Record<IncidentState, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  muted: 'Muted',
  resolved: 'Resolved',
}

export const noticeLabels: Record<NoticeEvent, string> = {
  opened: 'Opened',
  escalated: 'Still going on',
  recovered: 'Over',
  digest: 'Digest',
  test: 'Test',
}

export const deliveryStateLabels: Record<DeliveryState, string> = {
  held: 'Held for later',
  pending: 'On its way',
  delivered: 'Delivered',
  failed: 'Failed',
  skipped: 'Skipped',
  digested: 'In a digest',
}
