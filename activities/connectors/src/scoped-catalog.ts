import {
  scopePatterns,
  scopeSeparator,
  singlePatterns,
  type CatalogScope,
  type DiscoveredRelation,
  type RelationKind,
} from '@plumbline/workflows'
import { patternUnmatched, relationUnread } from './catalog-warnings.ts'
import type { CatalogEvent, UnchangedRelation } from './connector.ts'
import { relationKey } from './source-fingerprint.ts'

/** For sources whose whole list of names is at hand: what of it a scope means, and how it is told. */

interface Named {
  schema: string
  name: string
}

export interface LookedAt {
  schema: (name: string) => boolean
  relation: (relation: Named) => boolean
}

/** The patterns of a scope, which mean the same to JavaScript as to the sources that match them. */
export function lookedAt({ schemas, include, exclude }: CatalogScope): LookedAt {
  const patterns = scopePatterns({ include, exclude })
  const [inSchemas, notSchemas, inRelations, notRelations] = [
    patterns.includeSchemas,
    patterns.excludeSchemas,
    patterns.includeRelations,
    patterns.excludeRelations,
  ].map(expressionOf)
  const schema = (name: string) =>
    (schemas === null || schemas.includes(name)) && (inSchemas?.test(name) ?? true) && !notSchemas?.test(name)
  return {
    schema,
    relation(relation) {
      const name = `${relation.schema}${scopeSeparator}${relation.name}`
      return schema(relation.schema) && (inRelations?.test(name) ?? true) && !notRelations?.test(name)
    },
  }
}

const expressionOf = (pattern: string | null): RegExp | undefined =>
  pattern === null ? undefined : new RegExp(pattern, 'su')

/** Warns of each pattern that is of no use. */
export function* unmatchedPatterns(
  scope: CatalogScope,
  schemas: readonly string[],
  relations: readonly Named[],
): Generator<CatalogEvent> {
  const named = scope.schemas === null ? schemas : schemas.filter((name) => scope.schemas?.includes(name))
  const unmatched = singlePatterns(scope).filter(({ schema, relation }) => {
    const inSchema = new RegExp(schema, 'su')
    const hit = named.filter((name) => inSchema.test(name))
    if (relation === null) return hit.length === 0
    const inRelation = new RegExp(relation, 'su')
    return !relations.some((one) => hit.includes(one.schema) && inRelation.test(one.name))
  })
  if (unmatched.length > 0) yield { kind: 'warnings', warnings: unmatched.map(patternUnmatched) }
}

/** Relations as they were read: what still has its fingerprint is only told as unchanged. */
export function* toldRelations(
  read: readonly DiscoveredRelation[],
  known: ReadonlyMap<string, string>,
): Generator<CatalogEvent> {
  const isKnown = ({ externalId, sourceFingerprint }: DiscoveredRelation) => known.get(externalId) === sourceFingerprint
  const unchanged = read
    .filter(isKnown)
    .map(({ externalId, sourceFingerprint, readable, document }): UnchangedRelation => ({
      externalId,
      sourceFingerprint,
      readable,
      columns: document.columns.length,
    }))
  const changed = read.filter((relation) => !isKnown(relation))
  if (unchanged.length > 0) yield { kind: 'unchanged', relations: unchanged }
  if (changed.length > 0) yield { kind: 'relations', relations: changed }
}

/** What the scope had, and what is there no longer in it, but elsewhere. */
export function* standingElsewhere<Relation extends Named>(
  { ids, known }: { ids: ReadonlyMap<string, string>; known: ReadonlyMap<string, string> },
  all: readonly Relation[],
  { isLookedAt, kindOf }: { isLookedAt: LookedAt; kindOf: (relation: Relation) => RelationKind },
): Generator<CatalogEvent> {
  const outside = all.filter(
    (relation) => !isLookedAt.relation(relation) && known.has(ids.get(relationKey(relation)) ?? ''),
  )
  if (outside.length === 0) return
  const relations = outside.map((relation) => ({
    externalId: ids.get(relationKey(relation)) ?? '',
    schema: relation.schema,
    name: relation.name,
    kind: kindOf(relation),
    why: 'outside' as const,
  }))
  yield { kind: 'unread', relations }
  yield { kind: 'warnings', warnings: relations.map(relationUnread) }
}
