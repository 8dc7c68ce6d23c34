import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import type { Signal } from './signal.ts'

/** Which channels the rules that a signal matches name; null: all of them. */
export type Channels = ReadonlySet<string> | null

/** The signals that a rule is about and that nobody has seen before, with where to tell of them. */
export async function matchRules(
  trx: Trx,
  signals: readonly Signal[],
): Promise<{ signal: Signal; channels: Channels }[]> {
  const once = [...new Map(signals.map((signal) => [`${signal.organizationId} ${signal.key}`, signal])).values()]
  const asked = once.map(({ key, organizationId, kind, assetId, jobType }, n) => ({
    n,
    key,
    organizationId,
    kind,
    assetId,
    jobType,
  }))
  const { rows } = await sql<{ n: number; every: boolean; channelIds: string[] }>`
    select s.n, bool_or(r.channel_ids is null) as every, array_remove(array_agg(distinct c.id), null) as "channelIds"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      s(n int, key text, "organizationId" uuid, kind text, "assetId" uuid, "jobType" text)
    join asset a on a.id = s."assetId" and a.organization_id = s."organizationId"
    join alert_rule r on r.organization_id = s."organizationId" and r.kind = s.kind and r.enabled and r.deleted_at is null
      and (r.scope -> 'types' is null or r.scope -> 'types' ? s."jobType")
      and (r.scope ->> 'connectionId' is null or r.scope ->> 'connectionId' = a.connection_id::text)
      and (r.scope ->> 'assetId' is null or r.scope ->> 'assetId' in (a.id::text, a.schema_id::text, a.database_id::text))
      and (r.scope ->> 'tag' is null or exists (
        select from column_tag t join asset tagged on tagged.id = t.asset_id
        where t.tag = r.scope ->> 'tag' and a.id in (tagged.id, tagged.schema_id, tagged.database_id)))
    left join lateral unnest(r.channel_ids) c(id) on true
    where not exists (select from incident_occurrence o where o.organization_id = s."organizationId" and o.key = s.key)
    group by s.n order by s.n`.execute(trx)
  return rows.flatMap(({ n, every, channelIds }) => {
    const signal = once[n]
    return signal ? [{ signal, channels: every ? null : new Set(channelIds) }] : []
  })
}
