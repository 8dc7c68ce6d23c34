import { describe, expect, test } from 'vitest'
import { snowflake } from './shop.ts'

const given = (name: string): string => process.env[`SNOWFLAKE_TEST_${name}`] ?? ''
const needed = ['ACCOUNT', 'USER', 'WAREHOUSE', 'DATABASE', 'PRIVATE_KEY']
const lacking = needed.filter((name) => given(name) === '')

/** Only reads, and only what every account has. */
describe('Snowflake itself', () => {
  const target = () => ({
    settings: snowflake.parseSettings({
      account: given('ACCOUNT'),
      user: given('USER'),
      warehouse: given('WAREHOUSE'),
      database: given('DATABASE'),
      ...(given('ROLE') !== '' && { role: given('ROLE') }),
    }),
    credentials: { privateKey: given('PRIVATE_KEY') },
  })
  const options = () => ({ label: 'plumbline live test', signal: new AbortController().signal })

  test('lets in, shows what may be read, and is read twice to the same', async ({ skip }) => {
    skip(lacking.length > 0, `SNOWFLAKE_TEST_${lacking.join(', SNOWFLAKE_TEST_')} not in the environment`)
    const checks = await snowflake.test(target(), options())
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    const session = await snowflake.open(target(), options())
    try {
      const first = await Array.fromAsync(session.readCatalog({}))
      expect(first[0]?.kind).toBe('total')
      expect(await Array.fromAsync(session.readCatalog({}))).toEqual(first)
    } finally {
      await session.close()
    }
  })
})
