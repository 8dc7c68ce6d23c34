import type { ColumnVerdict } from './column-verdict.ts'
import type { ColumnContext } from './column-context.ts'
import { comesFrom, mayInherit, surestOf, type InheritedTag } from './inherited-evidence.ts'
import { piiKinds, sensitivities } from './kinds.ts'

const isKind = (tag: string): boolean => piiKinds.some((kind) => kind === tag)
const rank = (sensitivity: string): number => sensitivities.findIndex((one) => one === sensitivity)

/**
 * Tags that a column takes over as they are: tags of personal data that people or rules made up, and the strictest sensitivity
 * where it has none of its own. The kinds that are known weigh as evidence instead.
 */
export function passedOn(
  context: ColumnContext,
  own: readonly ColumnVerdict[],
  inherited: readonly InheritedTag[],
): ColumnVerdict[] {
  if (inherited.length === 0 || !mayInherit(context)) return []
  const madeUp = inherited.filter(({ tag, category }) => category === 'pii' && !isKind(tag)).map(({ tag }) => tag)
  const strictest = own.some(({ category }) => category === 'sensitivity')
    ? undefined
    : inherited.filter(({ category }) => category === 'sensitivity').toSorted((a, b) => rank(b.tag) - rank(a.tag))[0]
        ?.tag
  return [...new Set([...madeUp, ...(strictest === undefined ? [] : [strictest])])]
    .filter((tag) => own.every((verdict) => verdict.tag !== tag))
    .flatMap((tag) => {
      const from = surestOf(inherited, tag)
      if (!from) return []
      const { category, confidence } = from
      return [{ tag, category, confidence, evidence: [`${comesFrom(from)}, which carries "${tag}"`], inherited: true }]
    })
}
