import type { ConnectionCheck } from '@plumbline/workflows'
import { beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { execute, executeFile, optionsWith, postgres, rejectionOf, rolePassword, targetOf } from './source-database.ts'

let url: string
let role: string
beforeAll(async () => {
  url = await createDatabase()
  role = `tester_${new URL(url).pathname.slice(1)}`
  await executeFile(url, 'every-shape.sql')
  await execute(
    url,
    `create role ${role} login password '${rolePassword}'; grant usage on schema shop, public to ${role};
     grant select on shop.customer to ${role}`,
  )
})

const check = (settings: Record<string, unknown> = {}) => postgres.test(targetOf(url, settings), optionsWith())
const told = (checks: readonly ConnectionCheck[]) => checks.map(({ name, ok }) => `${name} ${ok ? 'ok' : 'failed'}`)

test('all is well for an owner', async () => {
  const checks = await check()
  expect(told(checks)).toEqual([
    'host ok',
    'tls ok',
    'authentication ok',
    'database ok',
    'catalog ok',
    'schemas ok',
    'tables ok',
  ])
  expect(checks.every(({ hint }) => hint === undefined)).toBe(true)
  expect(checks[4]?.message).toBe('13 tables and views in 4 schemas can be discovered.')
})

test('a role with few rights is told what to grant, in words that work', async () => {
  const checks = await check({ user: role })
  expect(told(checks).slice(5)).toEqual(['schemas ok', 'tables ok'])
  expect(checks[5]?.message).toBe('The role may use 2 of 4 schemas.')
  expect(checks[6]?.message).toBe('The role may read 1 of 13 tables and views; the structure of all can be discovered.')
  await execute(url, checks[5]?.hint ?? '')
  await execute(url, checks[6]?.hint ?? '')
  const after = await check({ user: role })
  expect(after.slice(5).map(({ message, hint }) => [message, hint])).toEqual([
    ['The role may use 4 of 4 schemas.', undefined],
    ['The role may read 13 of 13 tables and views; the structure of all can be discovered.', undefined],
  ])
})

test.each([
  { wrong: { port: 1 }, checks: ['host failed'] },
  { wrong: { host: 'nowhere.invalid' }, checks: ['host failed'] },
  { wrong: { sslMode: 'require' }, checks: ['host ok', 'tls failed'] },
  { wrong: { user: 'nobody_of_that_name' }, checks: ['host ok', 'tls ok', 'authentication failed'] },
  { wrong: { database: 'missing' }, checks: ['host ok', 'tls ok', 'authentication ok', 'database failed'] },
])('$wrong ends the test at what is wrong', async ({ wrong, checks }) => {
  const answer = await check(wrong)
  expect(told(answer)).toEqual(checks)
  expect(answer.at(-1)?.hint).toMatch(/\w{3}/)
  expect(JSON.stringify(answer)).not.toContain(rolePassword)
})

test('a test that is cancelled ends with the reason', async () => {
  const cancelled = new AbortController()
  const rejection = rejectionOf(postgres.test(targetOf(url), optionsWith(cancelled.signal)))
  cancelled.abort('closed the page')
  expect(await rejection).toBe('closed the page')
})
