import type { DueNotice, IncidentRow } from '@plumbline/store'
import { Webhook } from 'standardwebhooks'
import type { NoticeContent } from './notice-content.ts'
import { postJson, type PostRequest } from './post-json.ts'

/** What a webhook is told, signed as Standard Webhooks says; the id is the same for each try and replay. */
export async function sendWebhook(
  { notice, content, now }: { notice: DueNotice; content: NoticeContent; now: Date },
  { url, secret }: { url: string; secret: string },
  how: Pick<PostRequest, 'privateAddresses' | 'allowedBy' | 'signal'>,
): Promise<number> {
  const body = JSON.stringify({
    type: notice.event === 'test' || notice.event === 'digest' ? `alerts.${notice.event}` : `incident.${notice.event}`,
    timestamp: now.toISOString(),
    data: {
      organization: notice.organization,
      title: content.title,
      text: content.lines.join('\n'),
      link: content.link,
      incidents: notice.incidents.map(incidentView),
    },
  })
  return postJson({
    url,
    body,
    headers: {
      'webhook-id': notice.messageId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(notice.messageId, now, body),
    },
    ...how,
  })
}

const incidentView = (incident: IncidentRow) => ({
  id: incident.id,
  kind: incident.kind,
  title: incident.title,
  message: incident.message,
  errorCode: incident.error_code,
  connectionId: incident.connection_id,
  assetId: incident.asset_id,
  jobType: incident.job_type,
  occurrences: incident.occurrences,
  openedAt: incident.opened_at.toISOString(),
  lastAt: incident.last_at.toISOString(),
  acknowledgedBy: incident.acknowledged_by,
  resolvedAt: incident.resolved_at?.toISOString() ?? null,
  resolvedBy: incident.resolved_by,
})
