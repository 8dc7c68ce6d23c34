import type { LabelledColumn } from './cases.ts'

export interface Answer {
  pii: string | null
  sensitivity: string
  domain: string | null
  /** How sure it is of the kind, from 0 to 1, where it says one. */
  confidence?: number
}

interface Tally {
  found: number
  wrong: number
  missed: number
}

export interface Score {
  /** Over all columns that hold something. */
  micro: Tally
  /** By kind. */
  kinds: Map<string, Tally>
  /** By slice, how many of its columns were answered rightly. */
  slices: Map<string, { right: number; all: number }>
  /** Columns that hold nothing, and those of them that were given a kind. */
  nothing: { all: number; alarms: number }
  sensitivity: { right: number; all: number }
  domain: { right: number; all: number }
}

/**
 * Counts answers against labels. An accepted answer is right; a column where nothing is accepted too is no miss. A wrong kind is
 * an error of the kind that was said, and a miss of the one that was asked for.
 */
export function score(cases: readonly LabelledColumn[], answers: readonly Answer[]): Score {
  const total: Score = {
    micro: { found: 0, wrong: 0, missed: 0 },
    kinds: new Map(),
    slices: new Map(),
    nothing: { all: 0, alarms: 0 },
    sensitivity: { right: 0, all: 0 },
    domain: { right: 0, all: 0 },
  }
  cases.forEach(({ expected, slice }, index) => {
    const answer = answers[index]
    if (!answer) return
    const right = isRight(expected, answer.pii)
    countKind(total, expected.pii, answer.pii, right)
    countRight(
      entry(total.slices, slice, () => ({ right: 0, all: 0 })),
      right,
    )
    if (expected.sensitivity !== undefined) countRight(total.sensitivity, answer.sensitivity === expected.sensitivity)
    if (expected.domain !== undefined) countRight(total.domain, answer.domain === expected.domain)
  })
  return total
}

export const isRight = (expected: LabelledColumn['expected'], said: string | null): boolean =>
  said === expected.pii || (expected.accept ?? []).includes(said)

function countKind(total: Score, expected: string | null, said: string | null, right: boolean): void {
  if (expected === null) total.nothing.all++
  if (right) {
    if (expected !== null && said !== null) add(total, expected, 'found')
    return
  }
  if (expected === null) total.nothing.alarms++
  else add(total, expected, 'missed')
  if (said !== null) add(total, said, 'wrong')
}

function add(total: Score, kind: string, what: keyof Tally): void {
  total.micro[what]++
  entry(total.kinds, kind, () => ({ found: 0, wrong: 0, missed: 0 }))[what]++
}

function countRight(tally: { right: number; all: number }, right: boolean): void {
  tally.all++
  if (right) tally.right++
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

export const precision = ({ found, wrong }: Tally): number => ratio(found, found + wrong)
export const recall = ({ found, missed }: Tally): number => ratio(found, found + missed)
export const f1 = ({ found, wrong, missed }: Tally): number => ratio(2 * found, 2 * found + wrong + missed)

/** The mean of the kinds that are asked for: each counts the same, however rare. */
export function macroF1({ kinds }: Score): number {
  const asked = [...kinds.values()].filter(({ found, missed }) => found + missed > 0)
  return ratio(
    asked.reduce((sum, tally) => sum + f1(tally), 0),
    asked.length,
  )
}

export const ratio = (part: number, all: number): number => (all === 0 ? Number.NaN : part / all)
