import { valueChecks, type ValueCheck } from './value-checks.ts'
import type { ValueShape } from './value-shape.ts'

interface Demands {
  has?: readonly Part[]
  lacks?: readonly Part[]
  /** In characters, the shortest and the longest. */
  length?: readonly [number, number?]
}

/** What a value must have, and must not have, to pass at all. */
const asks: Partial<Record<ValueCheck, Demands>> = {
  email: { has: ['letter', 'at'], lacks: ['space'], length: [6] },
  email_within: { has: ['letter', 'at'], length: [6] },
  phone: { has: ['digit'], lacks: ['foreign', 'at'], length: [7, 32] },
  bare_number: { has: ['digit'], lacks: ['letter', 'foreign', 'space', 'mark'], length: [9, 13] },
  ssn: { has: ['digit', 'mark'], lacks: ['letter', 'foreign', 'space'], length: [11, 11] },
  ssn_shape: { has: ['digit', 'mark'], lacks: ['letter', 'foreign', 'space'], length: [11, 11] },
  national_form: { has: ['digit'], lacks: ['foreign', 'at'], length: [9, 21] },
  credit_card: { has: ['digit'], lacks: ['letter', 'foreign', 'at'], length: [12, 24] },
  masked_card: { has: ['digit'], lacks: ['foreign', 'at'], length: [12, 24] },
  iban: { has: ['letter', 'digit'], lacks: ['foreign', 'at'], length: [15] },
  ip_address: { has: ['mark'], lacks: ['space', 'foreign', 'at'], length: [2, 49] },
  mac_address: { has: ['mark'], lacks: ['space', 'foreign', 'at'], length: [12, 17] },
  geo: { has: ['digit'], lacks: ['foreign', 'at'], length: [6] },
  handle: { has: ['at'], lacks: ['space', 'foreign'], length: [3, 30] },
  degrees: { has: ['digit', 'mark'], lacks: ['letter', 'foreign', 'space', 'at'], length: [6] },
  address: { has: ['word'], lacks: ['at'], length: [6, 160] },
  name_form: { has: ['word'], lacks: ['digit', 'at'], length: [2, 60] },
  full_name: { has: ['word'], lacks: ['digit', 'at'], length: [2, 60] },
  part_of_name: { has: ['word'], lacks: ['at'], length: [2] },
  credential: { has: ['letter'], length: [12] },
  password_form: { has: ['letter', 'digit', 'mark'], lacks: ['space', 'foreign'], length: [8, 32] },
  uuid: { has: ['digit'], lacks: ['foreign', 'space', 'at'], length: [32, 38] },
  digest: { has: ['digit'], lacks: ['foreign', 'space', 'mark'], length: [32, 128] },
  url: { has: ['letter', 'mark'], lacks: ['space'], length: [4] },
  date: { has: ['digit'], lacks: ['at'], length: [6] },
  instant: { has: ['digit', 'mark'], lacks: ['at'] },
  year: { has: ['digit'], lacks: ['letter', 'foreign', 'space', 'mark'], length: [4, 4] },
  short_number: { has: ['digit'], lacks: ['letter', 'foreign', 'space', 'at'] },
  code: { has: ['digit'], length: [4, 34] },
  wordy: { has: ['word'] },
  sentence: { has: ['word', 'space'], length: [31] },
  json: { has: ['mark'], length: [2] },
  flag: { length: [1, 5] },
}

/** The parts of a value by the bit that stands for each; a word is made of Latin or of other letters. */
const bit = { letter: 1, foreign: 2, digit: 4, space: 8, mark: 16, at: 32, word: 64 } as const
type Part = keyof typeof bit
const bitsOf = (parts: readonly Part[] = []): number => parts.reduce((bits, part) => bits | bit[part], 0)

interface NumberedCheck {
  index: number
  name: ValueCheck
  test: (shape: ValueShape) => boolean
}

export const checks: readonly NumberedCheck[] = Object.keys(valueChecks)
  .filter((name): name is ValueCheck => Object.hasOwn(valueChecks, name))
  .map((name, index) => ({ index, name, test: valueChecks[name] }))

/** Longer values are all alike. */
const lengths = 256
/** By the bits and the length of a value, the checks that it can pass; filled in as values come. */
const possible: (readonly NumberedCheck[] | undefined)[] = Array.from({ length: 128 * lengths })

/** The checks that a value can pass at all: most are ruled out by one look at its characters. */
export function checksFor({
  value,
  letters,
  foreign,
  digits,
  spaces,
  marks,
  at,
}: ValueShape): readonly NumberedCheck[] {
  const bits =
    (letters > 0 ? bit.letter | bit.word : 0) |
    (foreign > 0 ? bit.foreign | bit.word : 0) |
    (digits > 0 ? bit.digit : 0) |
    (spaces > 0 ? bit.space : 0) |
    (marks > 0 ? bit.mark : 0) |
    (at ? bit.at : 0)
  const length = Math.min(value.length, lengths - 1)
  return (possible[bits * lengths + length] ??= findPossible(bits, length))
}

function findPossible(bits: number, length: number): readonly NumberedCheck[] {
  return checks.filter(({ name }) => {
    const { has, lacks, length: [shortest, longest = lengths] = [0] } = asks[name] ?? {}
    const fits = (bits & bitsOf(has)) === bitsOf(has) && (bits & bitsOf(lacks)) === 0
    return fits && length >= shortest && length <= longest
  })
}
