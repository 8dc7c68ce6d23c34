import { isDeepStrictEqual } from 'node:util'
import { changeOf, diffRelation, onlyFollows } from '@plumbline/analysis'
import type { Comparison } from '@plumbline/api'
import {
  findBaseline,
  findSnapshot,
  listSnapshots,
  oldestSnapshot,
  snapshotDifferences,
  type AssetRecord,
  type SnapshotDifference,
  type SnapshotRecord,
} from '@plumbline/store'
import { longestChangeText, type SchemaChange } from '@plumbline/workflows'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { assetRef } from './asset-view.ts'
import { snapshotView } from './snapshot-view.ts'

/** More than a person reads; of so many assets both documents are held at once. */
const mostAssets = 1_000

/**
 * What is different below an asset between two snapshots, by the same rules as a discovery compares; what came and went in between
 * is not told. Its pure comparison may run here: it talks to nobody.
 */
export async function compareSnapshots(
  deps: Pick<Deps, 'db'>,
  organizationId: string,
  asset: AssetRecord,
  wanted: { from?: string | undefined; to?: string | undefined },
): Promise<Comparison> {
  const [from, to] = await Promise.all([
    startOf(deps, organizationId, asset, wanted.from),
    chosenOrNewest(deps, organizationId, asset, wanted.to),
  ])
  const { differences, outOfScope } = await snapshotDifferences(deps.db, organizationId, asset, {
    from: from.takenAt,
    to: to.takenAt,
    limit: mostAssets + 1,
  })
  const found = differences
    .slice(0, mostAssets)
    .flatMap((difference) => changesOf(difference).map((change) => ({ ...change, asset: assetRef(difference.asset) })))
  const follows = onlyFollows(found)
  const changes = found
    .filter((change) => !follows(change))
    .map(({ before, after, ...change }) => ({ ...change, before: readable(before), after: readable(after) }))
  return {
    from: snapshotView(from),
    to: snapshotView(to),
    changes,
    breaking: changes.filter(({ breaking }) => breaking).length,
    sameScope: isDeepStrictEqual(from.scope, to.scope) && isDeepStrictEqual(incomplete(from), incomplete(to)),
    outOfScope,
    truncated: differences.length > mostAssets,
  }
}

const readable = (text: string | null): string | null =>
  text !== null && text.length > longestChangeText ? `${text.slice(0, longestChangeText - 1)}…` : text

function changesOf({ asset, before, after, identity }: SnapshotDifference): SchemaChange[] {
  if (before && after) return diffRelation({ before, after, identity })
  return [
    before
      ? changeOf('table_removed', { before: asset.qualifiedName })
      : changeOf('table_added', { after: asset.qualifiedName }),
  ]
}

const incomplete = ({ schemas }: SnapshotRecord): string[] =>
  schemas.flatMap(({ name, complete }) => (complete ? [] : [name])).toSorted()

/** Without a choice: the one that was accepted, else the first there is. */
async function startOf(
  { db }: Pick<Deps, 'db'>,
  organizationId: string,
  { connectionId }: AssetRecord,
  jobId: string | undefined,
): Promise<SnapshotRecord> {
  if (jobId !== undefined) return chosen({ db }, organizationId, connectionId, jobId)
  const start =
    (await findBaseline(db, organizationId, connectionId)) ?? (await oldestSnapshot(db, organizationId, connectionId))
  return start ?? noSnapshot()
}

/** @throws ProblemError `not-found` for a job that stored no snapshot of the connection, or when there is none at all */
export async function chosenOrNewest(
  { db }: Pick<Deps, 'db'>,
  organizationId: string,
  { connectionId }: AssetRecord,
  jobId: string | undefined,
): Promise<SnapshotRecord> {
  if (jobId !== undefined) return chosen({ db }, organizationId, connectionId, jobId)
  const [newest] = await listSnapshots(db, organizationId, connectionId, { after: undefined, limit: 1 })
  return newest ?? noSnapshot()
}

async function chosen(
  { db }: Pick<Deps, 'db'>,
  organizationId: string,
  connectionId: string,
  jobId: string,
): Promise<SnapshotRecord> {
  const snapshot = await findSnapshot(db, organizationId, connectionId, jobId)
  if (!snapshot) throw notFound('snapshot of the job', jobId)
  return snapshot
}

function noSnapshot(): never {
  throw new ProblemError('not-found', 'There is no snapshot yet: discover the database first')
}
