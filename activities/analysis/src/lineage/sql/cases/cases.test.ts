import { beforeAll, describe, expect, test } from 'vitest'
import { sqlDialects } from '../dialect.ts'
import { loadParser } from '../parse-statement.ts'
import { casesOf } from './read-cases.ts'
import { told } from './told.ts'

beforeAll(loadParser)

describe.each(sqlDialects)('%s', (dialect) => {
  test.each(casesOf(dialect))('$sql', (one) => {
    const answer = told(dialect, one)
    expect(answer).toEqual({ tables: one.tables, columns: one.columns ?? answer.columns, failure: null })
  })
})
