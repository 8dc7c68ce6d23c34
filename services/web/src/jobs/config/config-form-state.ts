import { configFields, jobDefinition, type ConfigField, type ConfigUnit, type JobType } from '@plumbline/workflows'
import { numberText } from '../../text/count.ts'

export type Config = Record<string, unknown>

/** What a field shows: what was chosen, also when that is nothing, or else the default. */
export const shownValue = ({ name, default: byDefault }: ConfigField, config: Config): unknown =>
  Object.hasOwn(config, name) ? config[name] : byDefault

/** What is sent of it. What is as by default is left out and follows the defaults of the job type; so does a field left empty. */
export function givenConfig(type: JobType, config: Config): Config {
  const fields = configFields(type).filter((field) => isGiven(field, shownValue(field, config)))
  return Object.fromEntries(fields.map((field) => [field.name, config[field.name]]))
}

/** An empty list says something only where there would be another one by default. */
function isGiven(field: ConfigField, value: unknown): boolean {
  if (value === undefined) return false
  const isEmptyList = Array.isArray(value) && value.length === 0
  if (isEmptyList && field.default === undefined) return false
  return JSON.stringify(value) !== JSON.stringify(field.default)
}

/** What its schema has against a configuration, under the paths that the API would use. */
export function configProblems(type: JobType, config: Config): Record<string, string> {
  const issues = jobDefinition(type).config.safeParse(givenConfig(type, config)).error?.issues ?? []
  return Object.fromEntries(issues.map(({ path, message }) => [['config', ...path].join('.'), message]))
}

/** The fields of a type that show their errors themselves, under the names of the API. */
export const configFieldNames = (type: JobType): string[] => configFields(type).map(({ name }) => `config.${name}`)

/** The names of the fields whose value differs between two configurations. */
export function changedFields(type: JobType, before: Config, after: Config): string[] {
  const [one, other] = [givenConfig(type, before), givenConfig(type, after)]
  return configFields(type).flatMap(({ name }) =>
    JSON.stringify(one[name]) === JSON.stringify(other[name]) ? [] : [name],
  )
}

/** The value of a field in words: `On`, `50 %`, `sales, crm`. */
export function valueText(field: ConfigField, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  if (typeof value === 'number' && 'unit' in field)
    return `${numberText(typedNumber(value, field.unit))}${measures[field.unit].suffix}`
  if (!Array.isArray(value)) return typeof value === 'string' ? choiceLabel(value) : 'Not set'
  if (value.length === 0) return field.default === undefined ? 'Not set' : 'None'
  const isChoice = field.type === 'array' && field.items.enum !== undefined
  return value.map((entry) => (isChoice ? choiceLabel(String(entry)) : String(entry))).join(', ')
}

/** The message of a field among those by path; of a list (`config.include.1`) it says which entry is meant. */
export function configError({ name }: ConfigField, config: Config, errors: Record<string, string>): string | null {
  const path = `config.${name}`
  const found = Object.keys(errors).find((key) => key === path || key.startsWith(`${path}.`))
  if (found === undefined) return null
  const message = errors[found] ?? ''
  const list = config[name]
  const entry: unknown = Array.isArray(list) ? list[Number(found.slice(path.length + 1))] : undefined
  return found === path || typeof entry !== 'string' ? message : `${entry}: ${message}`
}

/** How a number is typed: its value times `perUnit` in the schema's unit, with the unit after it. */
export const measures: Record<ConfigUnit, { suffix: string; perUnit: number }> = {
  share: { suffix: ' %', perUnit: 0.01 },
  bytes: { suffix: ' MiB', perUnit: 1024 ** 2 },
  rows: { suffix: ' rows', perUnit: 1 },
  seconds: { suffix: ' s', perUnit: 1 },
  minutes: { suffix: ' min', perUnit: 1 },
  days: { suffix: ' days', perUnit: 1 },
  statements: { suffix: '', perUnit: 1 },
  tokens: { suffix: ' tokens', perUnit: 1 },
  cents: { suffix: ' US dollars', perUnit: 100 },
}

/** A number as typed; rounded, because 0.57 is not quite 57 hundredths. */
export const typedNumber = (value: number, unit: ConfigUnit): number => rounded(value / measures[unit].perUnit)

/** The number that was typed, in the schema's unit. */
export function numberTyped(typed: number, { unit, type }: { unit: ConfigUnit; type: string }): number {
  const value = typed * measures[unit].perUnit
  return type === 'integer' ? Math.round(value) : rounded(value)
}

const rounded = (value: number): number => Number(value.toFixed(9))

/** `tag_generation` as `Tag generation`: choices are named after their values. */
export function choiceLabel(value: string): string {
  const words = value.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
