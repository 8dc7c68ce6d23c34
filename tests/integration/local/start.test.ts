import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { localStart, ownPorts, untilEnded, untilRunning, type LocalStart } from '../../support/local-start.ts'
import { createDatabase } from '../../support/test-database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const zJobs = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      status: z.string(),
      asset: z.object({ name: z.string() }),
      counts: z.record(z.string(), z.number()),
      warnings: z.number(),
    }),
  ),
})

let home: string
let ports: Record<string, string>
let starts: LocalStart[]
beforeEach(async () => {
  home = temporaryFolder('home')
  ports = await ownPorts()
  starts = []
})
afterEach(async () => {
  for (const start of starts) if (start.exitCode() === null) await untilEnded(start)
  rmSync(home, { recursive: true, force: true })
})

function begin(args: string[] = [], env: Record<string, string> = {}): LocalStart {
  const start = localStart({ home, args, env: { ...ports, ...env } })
  starts.push(start)
  return start
}

async function jobList(start: LocalStart): Promise<z.output<typeof zJobs>['items']> {
  const token = readFileSync(join(home, 'token'), 'utf8').trim()
  const reply = await fetch(`${start.url}/api/v1/jobs?limit=200`, { headers: { authorization: `Bearer ${token}` } })
  return zJobs.parse(await reply.json()).items
}

const jobs = async (start: LocalStart): Promise<string[]> =>
  (await jobList(start)).map((job) => `${job.type} of ${job.asset.name}: ${job.status}`).toSorted()

const untilEndedWith = (start: LocalStart, code: number) =>
  expect.poll(() => start.exitCode() ?? start.output()).toBe(code)

const firstScreen = [
  'lineage_extraction of sample_shop: completed',
  'schema_discovery of billing: failed',
  'schema_discovery of sample_shop: completed',
  'tag_generation of sample_shop: completed',
]

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  test('shows real jobs, ends within 15 s, and a second start goes on with the same data', async () => {
    const first = begin()
    await untilRunning(first)
    await expect.poll(() => jobs(first)).toEqual(firstScreen)
    const lineage = (await jobList(first)).find(({ type }) => type === 'lineage_extraction')
    expect(lineage).toMatchObject({ warnings: 0 })
    expect(lineage?.counts['statements']).toBeGreaterThan(0)
    await untilEnded(first)

    const second = begin()
    await untilRunning(second)
    expect(await jobs(second)).toEqual(firstScreen)
    await untilEnded(second)
  })

  test('after a kill -9 gateway and worker end by themselves, and the next start takes over the servers', async () => {
    const killed = begin()
    await untilRunning(killed)
    killed.killSupervisor()
    const services = () => killed.living().filter(({ command }) => command.includes('services/'))
    await expect.poll(services).toEqual([])

    const next = begin()
    await untilRunning(next)
    await expect.poll(() => jobs(next)).toEqual(firstScreen)
    await untilEnded(next)
  })

  test('a second start of the same home says where the first runs', async () => {
    const first = begin()
    await untilRunning(first)
    const second = begin()
    await untilEndedWith(second, 1)
    expect(second.output()).toContain(`already running on ${home}: ${first.url}`)
    expect(await jobs(first)).not.toEqual([])
  })

  test('--connect discovers that database in the place of the sample; its password is never printed', async () => {
    const url = new URL(await createDatabase())
    const start = begin(['--connect', url.href])
    await untilRunning(start)
    const name = url.pathname.slice(1)
    await expect.poll(() => jobs(start)).toContain(`schema_discovery of ${name}: completed`)
    expect(await jobs(start)).not.toContain('schema_discovery of sample_shop: completed')
    expect(start.output()).not.toContain(`:${url.password}@`)
  })

  test('a Postgres and a Temporal of your own take the place of the embedded ones', async () => {
    const start = begin([], { DATABASE_URL: await createDatabase(), TEMPORAL_ADDRESS: inject('temporalAddress') })
    await untilRunning(start)
    expect(start.output()).toContain('No sample')
    expect(start.living().filter(({ command }) => /postgres|temporal server/.test(command))).toEqual([])
    await untilEnded(start)
  })
})

test('a port that was asked for and is taken is an error that names its variable', async () => {
  const stranger = createServer()
  await new Promise<void>((resolve) =>
    stranger.listen({ host: '127.0.0.1', port: Number(ports['PLUMBLINE_POSTGRES_PORT']) }, resolve),
  )
  try {
    const start = begin()
    await untilEndedWith(start, 1)
    expect(start.output()).toContain('(PLUMBLINE_POSTGRES_PORT, Postgres) is taken')
  } finally {
    stranger.close()
  }
})
