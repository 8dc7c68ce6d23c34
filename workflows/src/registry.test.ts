import { expect, test } from 'vitest'
import * as entry from './entry.ts'
import { isJobType, jobDefinition, jobTypes } from './registry.ts'

test.each(jobTypes)('%s has a workflow function of the name it gives', (type) => {
  expect(Object.keys(entry)).toContain(jobDefinition(type).workflow)
})

test.each(jobTypes)('%s: an empty configuration parses to the defaults, an unknown field is refused', (type) => {
  const { config } = jobDefinition(type)
  expect(config.safeParse({}).success).toBe(true)
  expect(config.safeParse({ surprise: 1 }).success).toBe(false)
})

test.each(jobTypes)('%s: its steps have different names and weigh 100 together', (type) => {
  const { steps } = jobDefinition(type)
  expect(new Set(steps.map((step) => step.name)).size).toBe(steps.length)
  expect(steps.reduce((sum, step) => sum + step.weight, 0)).toBe(100)
})

test('names that every object has are no job types', () => {
  expect(isJobType('toString')).toBe(false)
})
