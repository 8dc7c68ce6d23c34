import type { Counts } from '@plumbline/workflows'
import { piiKinds } from '../kinds.ts'
import { valueRules } from '../weights.ts'
import { formPrefix, schemePrefix } from './count-names.ts'
import { bestScheme } from './national-ids.ts'
import { areDialled, isBareNumber } from './phone-numbers.ts'
import { checks, checksFor } from './possible-checks.ts'
import { valueChecks, type ValueCheck } from './value-checks.ts'
import { maskOf, shapeOf, type ValueShape } from './value-shape.ts'

/** Checks that speak for a kind: where none of them passes, no form is shown to anybody. */
const telling = new Set<string>(piiKinds.flatMap((kind) => valueRules[kind].map(({ check }) => check)))
/** How many forms are kept as examples. */
const keptForms = 2
/** Values that are looked at for examples. */
const shownValues = 6

/**
 * How many of the values (`values`) passed each check, which scheme of national numbers they follow, and the most frequent
 * masked forms. Nothing else of them is kept.
 */
export function countChecks(values: readonly string[]): Counts {
  const shapes: ValueShape[] = []
  const passed = new Uint32Array(checks.length)
  for (const { shape, times } of distinct(values).values()) {
    for (let time = 0; time < times; time++) shapes.push(shape)
    for (const { index, test } of checksFor(shape)) if (test(shape)) passed[index] = (passed[index] ?? 0) + times
  }
  const counts: Counts = { values: shapes.length }
  for (const { index, name } of checks) {
    const count = passed[index] ?? 0
    if (count > 0) counts[name] = count
  }
  addPhones(counts, shapes)
  addStreets(counts, shapes)
  addVersions(counts, shapes)
  addScheme(counts, shapes)
  if (shapes.length > 0) addForms(counts, shapes)
  return counts
}

interface Repeated {
  shape: ValueShape
  times: number
}

/** Each value, trimmed and not empty, and how often it is there: many columns repeat a few. */
function distinct(values: readonly string[]): Map<string, Repeated> {
  const found = new Map<string, Repeated>()
  for (const raw of values) {
    const value = raw.trim()
    if (value === '') continue
    const known = found.get(value)
    if (known) known.times++
    else found.set(value, { shape: shapeOf(value), times: 1 })
  }
  return found
}

/** Numbering plans are asked only where most values are written like phone numbers. */
function addPhones(counts: Counts, shapes: readonly ValueShape[]): void {
  const written = counts['phone'] ?? 0
  if (written === 0) return
  const phones = shapes.filter(valueChecks.phone)
  // Some wrote the number as it is dialled, others its digits alone.
  const spaced = phones.filter(({ marks, spaces }) => marks + spaces > 0).length
  const both = written + (written === shapes.length ? 0 : shapes.filter(isBareOnly).length)
  if (spaced * 5 >= shapes.length && both * 5 >= shapes.length * 4) counts['phone_mixed'] = both
  if (written * 2 > shapes.length && areDialled(phones.map(({ value }) => value))) counts['dialled'] = written
}

const isBareOnly = (shape: ValueShape): boolean => isBareNumber(shape.value) && !valueChecks.phone(shape)

/** Fewer values than this, or fewer different ones, say nothing about a column as a whole. */
const enough = 5

/** A name, then a number: of a house where the names differ (`Hůlkova 5`, `Kalská 9`), of anything where they do not (`Room 5`). */
function addStreets(counts: Counts, shapes: readonly ValueShape[]): void {
  const { wordy = 0, address = 0 } = counts
  if (wordy < enough || address * 2 > shapes.length) return
  const names = shapes.map(({ value, digits }) => (digits === 0 ? undefined : numberedName.exec(value)?.[1]))
  const numbered = names.filter((name) => name !== undefined)
  if (numbered.length >= enough && new Set(numbered).size * 5 >= shapes.length * 4)
    counts['street_form'] = numbered.length
}

const numberedName = /^(\p{Lu}[\p{L}'’.-]+)(?: [\p{L}.'’-]+){0,4},? \d{1,4} ?[a-zA-Z]?(?:\/\d+[a-z]?)?$/u

/** Four small numbers each (`7.16.2.1`): addresses of networks would have larger ones among them, or begin with 10. */
function addVersions(counts: Counts, shapes: readonly ValueShape[]): void {
  if ((counts['ip_address'] ?? 0) < enough) return
  const versions = shapes.filter(({ value }) => smallParts.test(value)).length
  if (versions * 10 >= shapes.length * 9) counts['version_form'] = versions
}

const smallParts = /^(?!10\.)[1-4]?\d(?:\.[1-4]?\d){3}$/

/** Digits of a national number: the shortest is Uruguay's, the longest China's. */
const [fewestDigits, mostDigits] = [4, 18]
const longestNumber = 24

/** Values that most are one of these follow no scheme of national numbers. */
const noNumbers = [
  'date',
  'iban',
  'credit_card',
  'short_number',
  'mac_address',
  'ip_address',
  'address',
  'uuid',
  'digest',
  'dialled',
] as const satisfies (ValueCheck | 'dialled')[]

function addScheme(counts: Counts, shapes: readonly ValueShape[]): void {
  if (noNumbers.some((check) => (counts[check] ?? 0) * 2 > shapes.length)) return
  if ((counts['degrees'] ?? 0) > 0) return
  const candidates = shapes.filter(isWrittenLikeNumber)
  if (candidates.length * 2 <= shapes.length) return
  const best = bestScheme(candidates)
  if (!best) return
  counts['scheme'] = Math.round((best.passed / best.tried) * candidates.length)
  counts[`${schemePrefix}${best.name}`] = counts['scheme']
}

const isWrittenLikeNumber = ({ value, digits, foreign, marks, at }: ValueShape): boolean =>
  digits >= fewestDigits &&
  digits <= mostDigits &&
  foreign === 0 &&
  !at &&
  value.length <= longestNumber &&
  (marks === 0 || !/[:_]/.test(value))

function addForms(counts: Counts, shapes: readonly ValueShape[]): void {
  const tells = Object.keys(counts).some((check) => telling.has(check) && (counts[check] ?? 0) * 4 >= shapes.length)
  if (!tells) return
  const forms = new Map<string, number>()
  for (const { value } of shapes.slice(0, shownValues)) {
    const form = maskOf(value)
    forms.set(form, (forms.get(form) ?? 0) + 1)
  }
  const frequent = [...forms].sort((a, b) => b[1] - a[1]).slice(0, keptForms)
  for (const [form, count] of frequent) counts[`${formPrefix}${form}`] = count
}
