import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { anyFreePort } from '@plumbline/local'
import { z } from 'zod'
import { bigqueryEmulator } from '../../../scripts/toolchain.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

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

/** Why this machine cannot run the emulator; undefined when it can. Gets what it needs the first time. */
export async function whyNoEmulator(): Promise<string | undefined> {
  try {
    await bigqueryEmulator()
    return undefined
  } catch (error) {
    return `no emulator of BigQuery: ${error instanceof Error ? error.message : String(error)}`
  }
}

/**
 * local-bigquery behind a few lines of our own (`emulator.py`): real SQL on DuckDB, by BigQuery's REST API.
 * @param accounts public keys (PEM) by e-mail address: who may come in by a key
 * @param tokens that it takes from anybody
 */
export async function startBigQueryEmulator(
  accounts: Record<string, string>,
  tokens: readonly string[] = [],
): Promise<BigQueryEmulator> {
  await using started = new AsyncDisposableStack()
  const { python, folder: packages } = await bigqueryEmulator()
  const folder = started.adopt(temporaryFolder('bigquery'), (path) => rmSync(path, { recursive: true, force: true }))
  const accountsFile = join(folder, 'accounts.json')
  writeFileSync(accountsFile, JSON.stringify({ accounts, tokens: [...tokens, ownerToken] }))
  const port = await anyFreePort()
  const script = fileURLToPath(new URL('emulator.py', import.meta.url))
  const child = spawn(python, [script, String(port), join(folder, 'data')], {
    env: { PATH: process.env['PATH'], HOME: folder, PYTHONPATH: packages, EMULATOR_ACCOUNTS: accountsFile },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-8_000)
  })
  started.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.stdin?.end()
    await gone
  })
  const url = `http://127.0.0.1:${port}`
  await answering(url, () => {
    if (child.exitCode !== null) throw new Error(`the emulator ended with ${child.exitCode}:\n${output}`)
  })
  const call = callAt(url)
  const running = started.move()
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
    stop: () => running.disposeAsync(),
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

async function answering(url: string, check: () => void): Promise<void> {
  for (const deadline = Date.now() + startTimeoutMs; ;) {
    check()
    try {
      await fetch(`${url}/calls`)
      return
    } catch (error) {
      if (Date.now() > deadline) throw new Error('the emulator does not answer', { cause: error })
      await sleep(50)
    }
  }
}
