import { expect, test } from 'vitest'
import { z } from 'zod'
import { configFields, fieldsOf } from './config-fields.ts'
import { jobDefinition, jobTypes } from './registry.ts'

test.each(jobTypes)('%s: every field of its configuration has a form field with the default of the schema', (type) => {
  const defaults = jobDefinition(type).config.parse({})
  const fields = configFields(type)
  expect(fields.length).toBeGreaterThan(0)
  expect(Object.keys(defaults).filter((name) => !fields.some((field) => field.name === name))).toEqual([])
  for (const field of fields) expect(field.default).toEqual(defaults[field.name])
})

test('kinds, bounds, choices and texts come from the schema', () => {
  expect(configFields('schema_discovery')).toMatchObject([
    { name: 'schemas', type: 'array', title: 'Schemas', maxItems: 1000 },
    { name: 'include', type: 'array', description: expect.stringContaining('sales.order_*') },
    { name: 'exclude', type: 'array', examples: ['*.tmp_*'] },
    { name: 'partitions', type: 'string', enum: ['shown', 'folded'], default: 'shown' },
    { name: 'maxRemovedShare', type: 'number', minimum: 0, maximum: 1, unit: 'share' },
    { name: 'followUps', type: 'array', items: { enum: ['tag_generation', 'lineage_extraction'] } },
  ])
  expect(configFields('metric_capture')).toContainEqual(
    expect.objectContaining({ name: 'maxMinutes', type: 'integer', minimum: 1, maximum: 180, unit: 'minutes' }),
  )
})

test('a field that no form can ask for, or that says nothing of itself, is refused', () => {
  const texts = { title: 'Deep', description: 'Deep within' }
  expect(() => fieldsOf(z.object({ deep: z.object({}).meta(texts) }))).toThrow(z.ZodError)
  expect(() => fieldsOf(z.object({ on: z.boolean() }))).toThrow(z.ZodError)
})
