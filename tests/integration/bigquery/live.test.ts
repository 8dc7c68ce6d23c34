import { describe, expect, test } from 'vitest'
import { bigquery } from './shop.ts'

const project = process.env['BIGQUERY_TEST_PROJECT'] ?? ''
const key = process.env['BIGQUERY_TEST_KEY'] ?? ''

/** Only reads, and only what costs nothing. */
describe('BigQuery itself', () => {
  const target = () => ({
    settings: bigquery.parseSettings({ project, ...(key === '' && { authenticator: 'application-default' }) }),
    credentials: key === '' ? {} : { serviceAccountKey: key },
  })
  const options = () => ({ label: 'plumbline live test', signal: new AbortController().signal })

  test('lets in, shows what may be read, and is read twice to the same', async ({ skip }) => {
    skip(project === '', 'BIGQUERY_TEST_PROJECT is not in the environment')
    const checks = await bigquery.test(target(), options())
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    const session = await bigquery.open(target(), options())
    const first = await Array.fromAsync(session.readCatalog({}))
    expect(first[0]?.kind).toBe('total')
    expect(await Array.fromAsync(session.readCatalog({}))).toEqual(first)
    await session.close()
  })
})
