import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'

export interface LineError {
  line: number
  message: string
}

export interface ImportCheck {
  toImport: number
  known: number
  refused: number
  /** In the order of the file. */
  errors: LineError[]
}

/** Decides for every staged job whether it is known already, must be refused, or can be imported. */
export async function checkImport(
  trx: Trx,
  organizationId: string,
  importId: string,
  maxErrors: number,
): Promise<ImportCheck> {
  await sql`analyze job_import`.execute(trx)
  await setKnown(trx, organizationId, importId)
  await refuse(trx, importId, ofOthers(organizationId, importId))
  await refuse(trx, importId, secondRetries(importId))
  await refuse(trx, importId, brokenChains(importId))
  await refuse(trx, importId, lateParents(importId))
  // What is refused may be what another one names: until none is left that does.
  while ((await refuse(trx, importId, withoutOlder(organizationId, importId))) > 0);
  return summary(trx, importId, maxErrors)
}

async function setKnown(trx: Trx, organizationId: string, importId: string): Promise<void> {
  await sql`
    update job_import i set
      outcome = case when j.organization_id = ${organizationId}::uuid then 'known' else 'refused' end,
      message = case when j.organization_id <> ${organizationId}::uuid then 'a job of another organization has its id' end
    from job j where i.import_id = ${importId}::uuid and j.id = i.id`.execute(trx)
}

/** `reasons`: a query of (id, message). @returns how many */
async function refuse(trx: Trx, importId: string, reasons: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`
    update job_import i set outcome = 'refused', message = r.message
    from (${reasons}) r(id, message)
    where i.import_id = ${importId}::uuid and i.id = r.id and i.outcome is null`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

const ofOthers = (organizationId: string, importId: string) => sql`
  select i.id, 'its connection or asset belongs to another organization' from job_import i
  where i.import_id = ${importId}::uuid and (exists (select from connection c where c.id = i.connection_id and c.organization_id <> ${organizationId}::uuid)
    or exists (select from asset a where a.id = any(i.asset_ids) and a.organization_id <> ${organizationId}::uuid))`

/** An attempt is followed by one other at most. */
const secondRetries = (importId: string) => sql`
  select i.id, 'another attempt follows job ' || i.retry_of || ' already' from job_import i
  where i.import_id = ${importId}::uuid and i.retry_of is not null and (
    exists (select from job j where j.retry_of = i.retry_of and j.id <> i.id)
    or exists (select from job_import o where o.import_id = i.import_id and o.retry_of = i.retry_of
      and o.outcome is null and o.line < i.line))`

/** An attempt follows the one of its chain that has the number before: so no chain goes in a circle. */
const brokenChains = (importId: string) => sql`
  select i.id, 'job ' || i.retry_of || ' is not the attempt before it of the same chain' from job_import i
  left join job_import o on o.import_id = i.import_id and o.id = i.retry_of
  left join job j on j.id = i.retry_of
  where i.import_id = ${importId}::uuid and (o.id is not null or j.id is not null)
    and (coalesce(j.attempt, (o.job ->> 'attempt')::int) + 1 <> (i.job ->> 'attempt')::int
      or coalesce(j.root_job_id, (o.job ->> 'rootJobId')::uuid) <> (i.job ->> 'rootJobId')::uuid)`

/** A job works before it starts another one. Two of one moment could name each other. */
const lateParents = (importId: string) => sql`
  select i.id, 'its parent, job ' || o.id || ', was not made before it' from job_import i
  join job_import o on o.import_id = i.import_id and o.id = (i.job ->> 'parentJobId')::uuid
  where i.import_id = ${importId}::uuid and o.created_at >= i.created_at`

const withoutOlder = (organizationId: string, importId: string) => sql`
  select i.id, 'it names job ' || min(named.id::text) || ', which is neither here nor, made before it, in the file'
  from job_import i
  cross join lateral (
    select unnest(i.older_ids), i.created_at union all select i.resolved_by, 'infinity' where i.resolved_by is not null
  ) named(id, until)
  where i.import_id = ${importId}::uuid and i.outcome is null
    and not exists (select from job_import o where o.import_id = i.import_id and o.id = named.id
      and o.outcome is distinct from 'refused' and o.created_at <= named.until)
    and not exists (select from job j where j.id = named.id and j.organization_id = ${organizationId}::uuid)
  group by i.id`

async function summary(trx: Trx, importId: string, maxErrors: number): Promise<ImportCheck> {
  const { rows } = await sql<{ toImport: number; known: number; refused: number }>`
    select count(*) filter (where outcome is null) as "toImport", count(*) filter (where outcome = 'known') as known,
      count(*) filter (where outcome = 'refused') as refused
    from job_import where import_id = ${importId}::uuid`.execute(trx)
  const errors = await trx
    .selectFrom('job_import')
    .select(['line', sql<string>`message`.as('message')])
    .where('import_id', '=', importId)
    .where('outcome', '=', 'refused')
    .orderBy('line')
    .limit(maxErrors)
    .execute()
  return { ...(rows[0] ?? { toImport: 0, known: 0, refused: 0 }), errors }
}
