import { backTest, judgeFreshness, openTimeOf, type UpdatePoint } from '@plumbline/analysis'
import type { BackTestAnswer, Expectation, Freshness, FreshnessHistory } from '@plumbline/api'
import {
  assetDetail,
  countFreshness,
  expectationFor,
  findFreshness,
  freshnessHistory,
  maxUpdates,
  rejudge,
  setExpectation,
  stateOrder,
  type Actor,
  type AssetRecord,
  type Database,
} from '@plumbline/store'
import { defaultExpectation, durationMs, type FreshnessExpectation } from '@plumbline/workflows'
import { invalidField, notFound, ProblemError } from '../http/problem.ts'
import { expectationView, placeView, tableFreshnessView, uncheckedView } from './freshness-view.ts'

const dayMs = 86_400_000
const shownDays = 90
/** What a rhythm is learned from goes back no further. */
const learnedDays = 400

const isPlace = ({ kind }: AssetRecord): boolean => kind === 'database' || kind === 'schema'

/** Of a relation what its last check left; of a database or schema the worst of what lies in it. */
export async function freshnessOf(db: Database, organizationId: string, asset: AssetRecord): Promise<Freshness> {
  const expectation = expectationView(await expectationFor(db, organizationId, asset.id))
  if (isPlace(asset)) {
    return { ...placeView(asset, await countFreshness(db, organizationId, asset), stateOrder), expectation }
  }
  const record = await findFreshness(db, organizationId, asset.id)
  if (record) return { ...tableFreshnessView(record, new Date()), expectation, below: null }
  const detail = await assetDetail(db, organizationId, asset.id)
  const isPartition = typeof detail?.document?.partitionOf === 'string'
  return { ...uncheckedView(asset, { isPartition }), expectation, below: null }
}

export async function historyOf(
  db: Database,
  organizationId: string,
  asset: AssetRecord,
  query: { from?: string | undefined; to?: string | undefined },
): Promise<FreshnessHistory> {
  const to = query.to === undefined ? new Date() : new Date(query.to)
  const from = query.from === undefined ? new Date(to.getTime() - shownDays * dayMs) : new Date(query.from)
  if (from >= to) throw invalidField('from', 'must be before `to`')
  const { updates, states } = await freshnessHistory(db, organizationId, asset.id, { from, to })
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    updates: updates.map((update) => ({
      ...update,
      at: update.at.toISOString(),
      after: update.after?.toISOString() ?? null,
    })),
    states: states.map(({ at, state }) => ({ at: at.toISOString(), state })),
    truncated: updates.length >= maxUpdates,
  }
}

/**
 * Saves what is expected of an asset, or takes it away with null. A table is judged by it at once, from what its last check found;
 * what lies below a schema or database is judged by the next check.
 *
 * @throws ProblemError 422 `freshness-of-view` for a view: nothing could ever be judged by it
 */
export async function changeExpectation(
  db: Database,
  actor: Actor,
  asset: AssetRecord,
  expectation: FreshnessExpectation | null,
): Promise<Freshness> {
  if (expectation) await checkExpectation(db, actor.organizationId, asset, expectation)
  if ((await setExpectation(db, actor, asset.id, expectation)) === 'not-found') throw notFound('asset', asset.id)
  if (!isPlace(asset)) await judgeAgain(db, actor.organizationId, asset.id)
  return freshnessOf(db, actor.organizationId, asset)
}

async function checkExpectation(
  db: Database,
  organizationId: string,
  asset: AssetRecord,
  { interval, column, calendar }: Expectation,
): Promise<void> {
  if (asset.kind === 'view')
    throw new ProblemError(
      'freshness-of-view',
      `${asset.qualifiedName} is a view: expect updates of the tables that it reads, or of their schema or database`,
    )
  if (openTimeOf(calendar).after(Date.now(), durationMs(interval ?? '1h') ?? 0) === undefined)
    throw invalidField('calendar', 'leaves no time in which an update could be expected')
  if (column === null || isPlace(asset)) return
  const { document } = (await assetDetail(db, organizationId, asset.id)) ?? {}
  const found = document?.columns.find(({ name }) => name === column)
  if (!found) throw invalidField('column', `${asset.qualifiedName} has no column ${column}`)
  if (found.type !== 'timestamp' && found.type !== 'date')
    throw invalidField('column', `${column} is ${found.nativeType}: it must be a timestamp or a date`)
}

async function judgeAgain(db: Database, organizationId: string, assetId: string): Promise<void> {
  const record = await findFreshness(db, organizationId, assetId)
  if (!record) return
  const at = new Date()
  const expected = await expectedOf(db, organizationId, assetId)
  const verdict = judgeFreshness(record.finding, expected, await pointsOf(db, organizationId, assetId), at.getTime())
  await rejudge(db, assetId, { checkedAt: record.checkedAt, at, verdict })
}

const expectedOf = async (db: Database, organizationId: string, assetId: string): Promise<FreshnessExpectation> =>
  (await expectationFor(db, organizationId, assetId))?.expectation ?? defaultExpectation

async function pointsOf(db: Database, organizationId: string, assetId: string): Promise<UpdatePoint[]> {
  const to = new Date()
  const span = { from: new Date(to.getTime() - learnedDays * dayMs), to }
  const { updates } = await freshnessHistory(db, organizationId, assetId, span)
  return updates.map(({ at, after }) => ({ at: at.getTime(), after: after?.getTime() ?? null }))
}

export interface BackTestWish {
  sensitivity?: Expectation['sensitivity'] | undefined
  interval?: string | undefined
  tolerance?: string | undefined
  learned: boolean
}

/** Which alarms a relation's history would have raised under what is expected of it, or under something else. */
export async function backTestOf(
  db: Database,
  organizationId: string,
  asset: AssetRecord,
  { sensitivity, interval, tolerance, learned }: BackTestWish,
): Promise<BackTestAnswer> {
  const now = new Date()
  const expected = await expectedOf(db, organizationId, asset.id)
  const points = await pointsOf(db, organizationId, asset.id)
  const tried: FreshnessExpectation = {
    ...expected,
    sensitivity: sensitivity ?? expected.sensitivity,
    interval: learned ? null : (interval ?? expected.interval),
    tolerance: tolerance ?? (interval === undefined ? expected.tolerance : null),
  }
  const { alarms, judged, learning } = backTest(points, tried, now.getTime())
  const time = (moment: number): string => new Date(moment).toISOString()
  return {
    from: points[0] ? time(points[0].at) : null,
    to: now.toISOString(),
    judged,
    learning,
    truncated: points.length >= maxUpdates,
    alarms: alarms.map((alarm) => ({
      lastUpdate: time(alarm.lastUpdate),
      expectedBy: time(alarm.expectedBy),
      from: time(alarm.from),
      until: alarm.until === null ? null : time(alarm.until),
    })),
  }
}
