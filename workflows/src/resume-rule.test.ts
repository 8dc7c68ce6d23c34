import { describe, expect, it } from 'vitest'
import { sameForFinished } from './resume-rule.ts'

const decide = (finished: string[], before: object, after: object) =>
  sameForFinished('schema_discovery', new Set(finished), { before: { ...before }, after: { ...after } })

describe('an option that changed', () => {
  it('is refused when a finished step used it, by the names that people see', () => {
    expect(decide(['connect', 'read_catalog'], { schemas: ['a'] }, { schemas: ['b'] })).toEqual({
      allowed: false,
      reason: '“Schemas” was changed, which its finished step “Read catalog” used: retry it from the start',
    })
    expect(decide(['read_catalog'], {}, { exclude: ['tmp_*'] })).toMatchObject({ allowed: false })
  })

  it('is as good as the same when no finished step used it', () => {
    expect(decide(['connect'], { schemas: ['a'] }, { schemas: ['b'] })).toEqual({ allowed: true })
    expect(decide(['read_catalog'], { followUps: [] }, { followUps: ['tag_generation'] })).toEqual({ allowed: true })
  })
})

it('lets the same options go on, in any order of their names', () => {
  const [before, after] = [
    { schemas: ['a'], partitions: 'shown' },
    { partitions: 'shown', schemas: ['a'] },
  ]
  expect(decide(['read_catalog', 'compare'], before, after)).toEqual({ allowed: true })
})
