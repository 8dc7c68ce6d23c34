import { scoreOf } from './calibration.ts'
import type { ColumnContext } from './column-context.ts'
import { kindRules, type PiiKind } from './kinds.ts'
import type { Evidence } from './name-evidence.ts'
import { weights } from './weights.ts'

/** A tag of a column that values come from, or that a foreign key points to. */
export interface InheritedTag {
  tag: string
  category: 'pii' | 'sensitivity'
  /** From 0 to 1. */
  confidence: number
  /** The other column: `schema.table.column`. */
  from: string
  how: 'flow' | 'key'
}

/** Of some tags, the surest of this one. */
export const surestOf = (tags: readonly InheritedTag[], tag: string): InheritedTag | undefined =>
  tags.filter((one) => one.tag === tag).toSorted((a, b) => b.confidence - a.confidence)[0]

export const comesFrom = ({ from, how }: InheritedTag): string =>
  how === 'key' ? `It is a key to "${from}"` : `Its values come from "${from}"`

/** The number of e-mails is computed from e-mails and is none: a name that says so inherits nothing. */
export const mayInherit = ({ names }: Pick<ColumnContext, 'names'>): boolean =>
  names.every(({ about }) => about === undefined)

/**
 * What another column's tag says of this one. It is never surer than that column's, and what this column's own type and values
 * say against it still counts: lineage does not tell a copy from a computation.
 */
export function inheritedEvidence(
  kind: PiiKind,
  context: ColumnContext,
  inherited: readonly InheritedTag[],
): Evidence | undefined {
  const surest = surestOf(inherited, kind)
  if (!surest || !mayInherit(context)) return undefined
  return {
    weight: Math.min(weights.inherited, scoreOf(surest.confidence) - weights.prior),
    sentence: () => `${comesFrom(surest)}, which holds ${kindRules[kind].label}`,
    inherited: true,
  }
}
