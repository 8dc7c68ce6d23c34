import { ActivityCancellationDetails, CancelledFailure } from '@temporalio/common'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inSource } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'
import { rejectionOf } from '../connectors/source-database.ts'
import { arrange, type Arrangement } from '../jobs/arrange.ts'
import { connectSource, discoverySteps, type DiscoveredSource, type DiscoveryRun } from './discover-source.ts'

let at: Arrangement
let url: string
let role: string
beforeAll(async () => {
  at = await arrange()
  url = await createDatabase()
  role = `reader_${new URL(url).pathname.slice(1)}`
  await inSource(
    url,
    `create role ${role} login password 'reader';
     create schema one; create schema two;
     create table one.a (id int primary key, note text); create table one.b (id int); create table two.c (id int);
     create view two.v as select id from one.a;
     -- What everybody may read else is taken away from this role in a test.
     revoke select on pg_catalog.pg_attribute from public; grant select on pg_catalog.pg_attribute to ${role}`,
  )
})
afterAll(() => at.db.destroy())

let source: DiscoveredSource
let known: string[]
beforeEach(async () => {
  source = await connectSource(at, url, { user: role, password: 'reader' })
  await source.discover()
  known = await source.present()
})

/** What the discovery threw; everything that was known is still there, and a later one finds nothing changed. */
async function interrupted(run: DiscoveryRun): Promise<unknown> {
  expect(known.length).toBeGreaterThan(6)
  const error = await rejectionOf(source.discover(run))
  expect(await source.present()).toEqual(known)
  expect((await source.discover()).changes).toEqual([])
  return error
}

describe('a discovery that is interrupted reports nothing as removed', () => {
  test.each(discoverySteps)('when it is cancelled in %s', async (step) => {
    const error = await interrupted({
      beforeStep: (now, environment) => {
        if (now === step) environment.cancel('CANCELLED', new ActivityCancellationDetails({ cancelRequested: true }))
      },
    })
    expect(error).toBeInstanceOf(CancelledFailure)
  })

  test('when the server ends its session, at every point of the reading', async () => {
    // Fingerprints that nobody knows: everything is read, in as many events as there can be.
    for (const stopAt of [0, 1, 2]) {
      await at.db
        .updateTable('asset')
        .set({ source_fingerprint: null })
        .where('connection_id', '=', source.connectionId)
        .execute()
      const error = await interrupted({
        async onEvent(_event, index) {
          if (index !== stopAt) return
          await inSource(url, `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`)
        },
      })
      expect(error).toMatchObject({ type: 'connection-lost' })
    }
  })

  test('when it lost the right to read the catalog: its schemas are not complete, and it says so', async () => {
    const lost = `revoke select on pg_catalog.pg_attribute from ${role}`
    try {
      const { jobId, changes } = await source.discover({
        async onEvent(event) {
          if (event.kind === 'total') await inSource(url, lost)
        },
      })
      expect(changes).toEqual([])
      expect(await source.present()).toEqual(known)
      const snapshot = await at.db
        .selectFrom('snapshot')
        .select('scopes')
        .where('job_id', '=', jobId)
        .executeTakeFirstOrThrow()
      // Nothing lies in `public`, so there is nothing of it that could not be read.
      const read = Object.fromEntries(snapshot.scopes.map(({ name, complete }) => [name, complete]))
      expect(read).toEqual({ one: false, two: false, public: true })
    } finally {
      await inSource(url, `grant select on pg_catalog.pg_attribute to ${role}`)
    }
    expect((await source.discover()).changes).toEqual([])
  })

  test('when a table is locked for so long that a statement times out', async () => {
    const locked = inSource(url, 'begin; lock table one.a in access exclusive mode; select pg_sleep(9); commit')
    await expect
      .poll(async () => rejectionOf(inSource(url, `set lock_timeout = '100ms'; select from one.a`)).catch(() => null), {
        timeout: 5_000,
      })
      .toBeInstanceOf(Error)
    const { changes } = await source.discover()
    expect(changes).toEqual([])
    expect(await source.present()).toEqual(known)
    await locked
    expect((await source.discover()).changes).toEqual([])
  })

  test('when the record fails in the middle of storing', async () => {
    await inSource(url, 'drop table one.b; create table one.late (id int)')
    await inSource(
      at.url,
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
       create trigger refuse before insert on asset for each row execute function refuse()`,
    )
    const error = await rejectionOf(source.discover())
    await inSource(at.url, 'drop trigger refuse on asset')
    expect(error).toMatchObject({ message: 'no room' })
    expect(await source.present()).toEqual(known)
    const { changes } = await source.discover()
    expect(changes.map(({ kind, asset }) => `${kind} ${asset.name}`)).toEqual(['table_removed b', 'table_added late'])
  })
})

test('tables whose rows may not be read any more are unreadable, not removed', async () => {
  const reads = async () =>
    (
      await at.db
        .selectFrom('asset')
        .select('name')
        .where('connection_id', '=', source.connectionId)
        .where('unreadable_since', 'is not', null)
        .orderBy('name')
        .execute()
    ).map(({ name }) => name)
  expect(await reads()).toContain('c')
  await inSource(url, `grant usage on schema two to ${role}; grant select on all tables in schema two to ${role}`)
  expect((await source.discover()).changes).toEqual([])
  expect(await reads()).not.toContain('c')
  await inSource(url, `revoke select on two.c from ${role}`)
  expect((await source.discover()).changes).toEqual([])
  expect(await reads()).toContain('c')
  expect(await source.present()).toHaveLength(known.length)
})
