import { configFields, type JobType } from '@plumbline/workflows'
import { describe, expect, it } from 'vitest'
import {
  changedFields,
  choiceLabel,
  configError,
  configFieldNames,
  configProblems,
  givenConfig,
  numberTyped,
  shownValue,
  typedNumber,
  valueText,
} from './config-form-state.ts'

function fieldOf(type: JobType, name: string) {
  const field = configFields(type).find((candidate) => candidate.name === name)
  if (field === undefined) throw new Error(`${type} has no field ${name}`)
  return field
}

describe('what is shown', () => {
  const rows = fieldOf('tag_generation', 'sampleRows')
  it('is the default until something else is chosen, or nothing', () => {
    expect(shownValue(rows, {})).toBe(200)
    expect(shownValue(rows, { sampleRows: 0 })).toBe(0)
    expect(shownValue(rows, { sampleRows: undefined })).toBeUndefined()
  })
})

describe('what is sent', () => {
  it('leaves out what is as by default, and what was left empty', () => {
    expect(givenConfig('tag_generation', { scope: 'all', sampleRows: 200 })).toEqual({})
    expect(givenConfig('tag_generation', { scope: 'changed', sampleRows: undefined })).toEqual({ scope: 'changed' })
    expect(givenConfig('schema_discovery', { schemas: [], include: ['sales'] })).toEqual({ include: ['sales'] })
  })
  it('keeps an empty list where one is filled by default', () => {
    expect(givenConfig('schema_discovery', { followUps: [] })).toEqual({ followUps: [] })
    expect(givenConfig('freshness_check', { columns: [] })).toEqual({})
  })
  it('has nothing that the job type does not know', () => {
    expect(givenConfig('lineage_extraction', { sampleRows: 5 })).toEqual({})
  })
})

describe('errors', () => {
  const include = fieldOf('schema_discovery', 'include')
  const config = { include: ['sales', 'a.b.c'] }
  it('are at the field, and name the entry of a list', () => {
    const errors = configProblems('schema_discovery', config)
    expect(Object.keys(errors)).toEqual(['config.include.1'])
    expect(configError(include, config, errors)).toMatch(/^a\.b\.c: must be schema or schema\.relation/)
    expect(configError(fieldOf('schema_discovery', 'exclude'), config, errors)).toBeNull()
  })
  it('of the whole field are told as they are', () => {
    expect(configError(include, config, { 'config.include': 'must not be empty' })).toBe('must not be empty')
  })
})

it('shows the errors of the fields it has', () =>
  expect(configFieldNames('tag_generation')).toEqual(['config.scope', 'config.sampleRows']))

it('knows what changed, and takes a default for the same whether it is written or left out', () => {
  expect(changedFields('tag_generation', { scope: 'all' }, { sampleRows: 5 })).toEqual(['sampleRows'])
  expect(changedFields('schema_discovery', { schemas: ['a'] }, { schemas: [] })).toEqual(['schemas'])
  expect(changedFields('schema_discovery', { include: undefined }, {})).toEqual([])
})

it.each<[JobType, string, unknown, string]>([
  ['metric_capture', 'columns', false, 'Off'],
  ['schema_discovery', 'maxRemovedShare', 0.5, '50 %'],
  ['metric_capture', 'exactUpToBytes', 1_073_741_824, '1,024 MiB'],
  ['schema_discovery', 'followUps', [], 'None'],
  ['schema_discovery', 'followUps', ['tag_generation'], 'Tag generation'],
  ['schema_discovery', 'schemas', ['sales', 'tmp_x'], 'sales, tmp_x'],
  ['schema_discovery', 'schemas', undefined, 'Not set'],
  ['tag_generation', 'scope', 'changed', 'Changed'],
])('says in words what %s has as %s: %j is %s', (type, name, value, text) =>
  expect(valueText(fieldOf(type, name), value)).toBe(text),
)

it('shows shares in percent and bytes in MiB, and reads them back exactly', () => {
  expect(typedNumber(0.57, 'share')).toBe(57)
  expect(numberTyped(57, { unit: 'share', type: 'number' })).toBe(0.57)
  expect(typedNumber(268_435_456, 'bytes')).toBe(256)
  expect(numberTyped(0.3, { unit: 'bytes', type: 'integer' })).toBe(314_573)
})

it('names choices after their values', () => expect(choiceLabel('tag_generation')).toBe('Tag generation'))
