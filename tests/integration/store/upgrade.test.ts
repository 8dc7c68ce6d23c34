import { readFile } from 'node:fs/promises'
import {
  claimKey,
  countJobs,
  createJobLedger,
  findConnection,
  findJob,
  identify,
  listJobs,
  migrate,
  openDatabase,
} from '@plumbline/store'
import { expect, test } from 'vitest'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'

const id = (n: number): string => `01920000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [organization, connection, database, table] = [id(1), id(2), id(3), id(4)]
const [fixed, retry, cancelled, running, pending] = [id(11), id(12), id(13), id(14), id(15)]

/** What an installation of the first migration holds: jobs of every status, also under way, and what hangs on them. */
const rows = `
insert into organization (id, name) values ('${organization}', 'local');
insert into token (id, organization_id, name, role, hash) values ('${id(5)}', '${organization}', 'ann', 'admin', sha256('secret'));
insert into connection (id, organization_id, name, kind, settings, sealed_credentials, max_concurrent_jobs)
  values ('${connection}', '${organization}', 'shop', 'postgres', '{"database": "shop"}', '\\x00', 1);
insert into asset (id, organization_id, connection_id, parent_id, database_id, kind, name, qualified_name, external_id) values
  ('${database}', '${organization}', '${connection}', null, '${database}', 'database', 'shop', 'shop', 'd'),
  ('${table}', '${organization}', '${connection}', '${database}', '${database}', 'table', 'orders', 'shop.orders', '1');
insert into job (id, organization_id, type, status, connection_id, asset_id, database_id, asset_kind, asset_name,
  asset_qualified_name, database_name, config, trigger_kind, actor, root_job_id, retry_of, attempt, newest_attempt,
  resolved_by_job_id, created_at, queued_at, started_at, ended_at, percent, message, error, run_id)
select j.id, '${organization}', j.type, status, '${connection}', j.asset_id, '${database}', 'table', 'orders', 'shop.orders',
  'shop', '{"scope": "changed"}', 'manual', 'ann', j.root_id, j.retry_of, j.attempt, j.newest, j.resolved_by,
  now() - j.minutes * interval '1 minute', now(), case when j.status <> 'pending' then now() end,
  case when j.status not in ('pending', 'running') then now() end, case when j.status = 'completed' then 100 else 40 end,
  j.status, case when j.status = 'failed' then '{"code": "timeout", "message": "slow"}'::jsonb end, 'run'
from (values
  ('${fixed}'::uuid, 'tag_generation', 'failed', '${table}'::uuid, '${fixed}'::uuid, null::uuid, 1, false, '${retry}'::uuid, 5),
  ('${retry}', 'tag_generation', 'completed', '${table}', '${fixed}', '${fixed}', 2, true, null, 4),
  ('${cancelled}', 'tag_generation', 'cancelled', '${table}', '${cancelled}', null, 1, true, null, 3),
  ('${running}', 'tag_generation', 'running', '${table}', '${running}', null, 1, true, null, 2),
  ('${pending}', 'lineage_extraction', 'pending', '${table}', '${pending}', null, 1, true, null, 1)
) j(id, type, status, asset_id, root_id, retry_of, attempt, newest, resolved_by, minutes);
insert into job_step (job_id, name, position, label, weight, status, started_at, ended_at) values
  ('${running}', 'select', 0, 'Select tables', 10, 'completed', now(), now()),
  ('${running}', 'sample', 1, 'Sample values', 60, 'running', now(), null),
  ('${running}', 'store', 2, 'Store', 10, 'pending', null, null),
  ('${pending}', 'collect', 0, 'Collect SQL', 40, 'pending', null, null);
insert into job_warning values ('${retry}', 'no-permission', 'shop.orders', 'may not be read');
insert into job_event (organization_id, job_id) values ('${organization}', '${retry}');
insert into audit (organization_id, actor, action, target_kind, target_id, request_id)
  values ('${organization}', 'ann', 'job.create', 'job', '${fixed}', 'request-1');
insert into snapshot (job_id, organization_id, connection_id, scopes, counts)
  values ('${retry}', '${organization}', '${connection}', '[]', '{}');
insert into idempotency_key (organization_id, key, request_hash, status, body)
  values ('${organization}', 'key', '\\x01', 201, '{"id": "1"}');`

/** A database as the first migration, and what was written since, left it. */
async function firstInstallation(): Promise<string> {
  const url = await createDatabase()
  const file = new URL('../../../activities/store/migrations/0001_record.sql', import.meta.url)
  await inSource(url, await readFile(file, 'utf8'))
  await inSource(
    url,
    `create table migration (id serial primary key, name varchar(255) not null, run_on timestamp not null);
    insert into migration (name, run_on) values ('0001_record', now())`,
  )
  await inSource(url, rows)
  return url
}

test('an installation with jobs of every status is brought to the newest form, and goes on where it was', async () => {
  const url = await firstInstallation()
  expect(await migrate(url)).toEqual(expect.arrayContaining(['0002_engine']))
  const db = openDatabase({ url, poolSize: 4, applicationName: 'upgraded' })
  try {
    expect(await identify(db, 'secret')).toMatchObject({ organizationId: organization, role: 'admin' })
    expect(await findConnection(db, organization, connection)).toMatchObject({ name: 'shop', paused: false })
    expect(await countJobs(db, organization, {})).toEqual({
      all: 5,
      active: 2,
      completed: 1,
      failed: 1,
      unresolved: 0,
      capped: [],
    })
    const page = { sort: 'createdAt', order: 'desc', limit: 10 } as const
    const found = await listJobs(db, organization, { connectionId: connection, text: 'orders' }, page)
    expect(found.map((job) => job.id)).toEqual([pending, running, cancelled, retry, fixed])
    const key = { organizationId: organization, key: 'key', hash: Buffer.from([1]) }
    expect(await claimKey(db, key)).toEqual({ kind: 'answered', status: 201, body: '{"id": "1"}' })

    const ledger = createJobLedger(db)
    const lease = { jobId: running, step: 'sample', attempt: 2, runId: 'run' }
    expect(await ledger.beginAttempt(lease)).toMatchObject({ assetId: table, ended: false })
    await ledger.openStep(running, 'store', { step: 'sample', result: { columns: 3 } }, 'run')
    const end = { kind: 'completed', message: 'Done', counts: { columns: 3 } } as const
    expect(await ledger.end(running, end)).toEqual({ ended: true, admitted: [pending] })
    expect(await findJob(db, organization, running)).toMatchObject({ status: 'completed', percent: 100 })
    expect(await ledger.begin(pending, 'run')).toMatchObject({ kind: 'admitted', opened: 'collect' })
    expect(await countJobs(db, organization, {})).toMatchObject({ active: 1, completed: 2 })
  } finally {
    await db.destroy()
  }
})
