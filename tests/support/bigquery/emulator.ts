import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { bigqueryEmulator } from '../../../scripts/toolchain.mjs'
import { startPythonEmulator, whyMissing } from '../python-emulator.ts'

/** The project that is there from the start, with an empty dataset `sales`. */
export const project = 'shop-project'

export interface BigQueryEmulator {
  url: string
  /** Runs statements one by one. */
  execute: (...statements: string[]) => Promise<void>
  /** A call of the REST API below the project, as its owner. */
  call: (method: string, path: string, body?: unknown) => Promise<unknown>
  /** How often each method was called so far: `tables.get`, … */
  calls: () => Promise<Record<string, number>>
  stop: () => Promise<void>
}

/** Its packages are large. */
const startTimeoutMs = 180_000
const ownerToken = 'token-of-the-owner'

export const whyNoEmulator = (): Promise<string | undefined> => whyMissing('BigQuery', bigqueryEmulator)

/**
 * local-bigquery behind a few lines of our own (`emulator.py`): real SQL on DuckDB, by BigQuery's REST API.
 * @param accounts public keys (PEM) by e-mail address: who may come in by a key
 * @param tokens that it takes from anybody
 */
export async function startBigQueryEmulator(
  accounts: Record<string, string>,
  tokens: readonly string[] = [],
): Promise<BigQueryEmulator> {
  const { python, folder: packages } = await bigqueryEmulator()
  const { url, stop } = await startPythonEmulator({
    name: 'bigquery',
    python,
    packages,
    script: fileURLToPath(new URL('emulator.py', import.meta.url)),
    args: (folder) => [join(folder, 'data')],
    access: { variable: 'EMULATOR_ACCOUNTS', content: { accounts, tokens: [...tokens, ownerToken] } },
    probe: { path: '/calls', method: 'GET' },
    startTimeoutMs,
  })
  const call = callAt(url)
  return {
    url,
    call,
    async execute(...statements) {
      for (const query of statements) {
        const answer = await call('POST', '/queries', { query, useLegacySql: false, timeoutMs: 60_000 })
        if (!zDone.safeParse(answer).success) throw new Error(`${query} was not done: ${JSON.stringify(answer)}`)
      }
    },
    calls: async () => z.record(z.string(), z.number()).parse(await (await fetch(`${url}/calls`)).json()),
    stop,
  }
}

const zDone = z.object({ jobComplete: z.literal(true) })

const callAt =
  (url: string) =>
  async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/bigquery/v2/projects/${project}${path}`, {
      method,
      headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    const text = await response.text()
    return text === '' ? undefined : JSON.parse(text)
  }
