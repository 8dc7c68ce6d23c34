import { sql } from 'kysely'
import { newId } from '../ids.ts'
import type { Trx } from '../jobs/job-events.ts'
import { matchRules, type Channels } from './match-rules.ts'
import { queueNotices } from './queue-notices.ts'
import type { Signal } from './signal.ts'

/** Signals of one cause that came together. */
interface Group {
  id: string
  newest: Signal
  signals: Signal[]
  channels: Channels
}

/**
 * Makes occurrences of signals that a rule is about: of the open incident of their cause, or of a new one, of which channels are
 * told. Idempotent: a signal that was recorded before, also of an incident that is over, is passed over.
 */
export async function recordSignals(trx: Trx, signals: readonly Signal[]): Promise<void> {
  if (signals.length === 0) return
  const groups = grouped(await matchRules(trx, signals))
  if (groups.length === 0) return
  const ids = await openOrContinue(trx, groups)
  await addOccurrences(trx, groups, ids)
  const opened = groups.filter((group, n) => ids[n] === group.id)
  await queueNotices(
    trx,
    opened.map(({ id, newest, channels }) => ({
      incidentId: id,
      organizationId: newest.organizationId,
      event: 'opened',
      channels,
    })),
  )
}

function grouped(matched: readonly { signal: Signal; channels: Channels }[]): Group[] {
  const groups = new Map<string, Group>()
  for (const { signal, channels } of matched) {
    const of = `${signal.organizationId} ${signal.fingerprint}`
    const group = groups.get(of)
    if (group) {
      group.signals.push(signal)
      if (signal.at >= group.newest.at) group.newest = signal
      group.channels = group.channels && channels && new Set([...group.channels, ...channels])
    } else groups.set(of, { id: newId(), newest: signal, signals: [signal], channels })
  }
  return [...groups.values()]
}

/** @returns for each group the id of its incident: its own where that was opened */
async function openOrContinue(trx: Trx, groups: readonly Group[]): Promise<string[]> {
  const asked = groups.map(({ id, newest, signals }) => ({
    id,
    ...newest,
    ...newest.about,
    limitMs: newest.limitMs ?? null,
    openedAt: new Date(Math.min(...signals.map(({ at }) => at.getTime()))),
    occurrences: signals.length,
  }))
  const { rows } = await sql<{ id: string; organizationId: string; fingerprint: string }>`
    insert into incident (id, organization_id, fingerprint, kind, title, message, error_code, connection_id, asset_id, job_type,
      limit_ms, opened_at, last_at, occurrences)
    select id, "organizationId", fingerprint, kind, title, message, "errorCode", "connectionId", "assetId", "jobType", "limitMs",
      "openedAt", at, occurrences
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) s(id uuid, "organizationId" uuid, fingerprint text, kind text,
      title text, message text, "errorCode" text, "connectionId" uuid, "assetId" uuid, "jobType" text, "limitMs" float8,
      "openedAt" timestamptz, at timestamptz, occurrences int)
    on conflict (organization_id, fingerprint) where resolved_at is null do update set
      occurrences = incident.occurrences + excluded.occurrences, last_at = greatest(incident.last_at, excluded.last_at),
      message = excluded.message
    returning id, organization_id as "organizationId", fingerprint`.execute(trx)
  const idOf = new Map(rows.map((row) => [`${row.organizationId} ${row.fingerprint}`, row.id]))
  return groups.map(({ id, newest }) => idOf.get(`${newest.organizationId} ${newest.fingerprint}`) ?? id)
}

async function addOccurrences(trx: Trx, groups: readonly Group[], incidentIds: readonly string[]): Promise<void> {
  const asked = groups.flatMap(({ signals }, n) =>
    signals.map(({ organizationId, key, jobId, assetId, at, message }) => ({
      organizationId,
      key,
      incidentId: incidentIds[n],
      jobId,
      assetId,
      at,
      message,
    })),
  )
  await sql`
    insert into incident_occurrence (organization_id, key, incident_id, job_id, asset_id, at, message)
    select "organizationId", key, "incidentId", "jobId", "assetId", at, message
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      s("organizationId" uuid, key text, "incidentId" uuid, "jobId" uuid, "assetId" uuid, at timestamptz, message text)`.execute(
    trx,
  )
}
