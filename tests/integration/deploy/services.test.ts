import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { anyFreePort } from '@plumbline/local'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createDatabase } from '../../support/test-database.ts'
import { createNamespace } from '../../support/test-namespace.ts'
import { checkout, composeServices, type ComposeService } from './compose-file.ts'

const zConnection = z.object({ id: z.string(), rootAssetId: z.string() })
const zJob = z.object({ id: z.string(), status: z.string(), counts: z.record(z.string(), z.number()) })

/** The services of docker-compose.yml that are ours, as bare processes: their commands, their environment, one role each. */
let services: Record<string, ComposeService>
let folder: string
let base: string
const running: { name: string; process: ChildProcess }[] = []

beforeAll(async () => {
  folder = temporaryFolder('deploy')
  const port = String(await anyFreePort())
  base = `http://127.0.0.1:${port}`
  const key = Buffer.alloc(32, 7).toString('base64')
  const here: Record<string, string> = {
    // What containers reach by name and find in their image is elsewhere on a bare machine.
    DATABASE_URL: await createDatabase(),
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: await createNamespace(),
    PLUMBLINE_HOST: '127.0.0.1',
    PLUMBLINE_PORT: port,
    PLUMBLINE_TOKEN_FILE: join(folder, 'token'),
    PLUMBLINE_WEB_ROOT: '',
    PLUMBLINE_HOME: folder,
  }
  const all = Object.entries(composeServices({ POSTGRES_PASSWORD: 'unused', PLUMBLINE_KEY: key }))
  services = Object.fromEntries(
    all
      .filter(([, service]) => service.image === 'plumbline')
      .map(([name, service]) => [name, { ...service, environment: relocated(service.environment, here) }]),
  )
})

afterAll(async () => {
  for (const { process } of running) process.kill('SIGTERM')
  await Promise.all(running.map(async ({ process }) => process.exitCode ?? once(process, 'exit')))
  rmSync(folder, { recursive: true, force: true })
})

/** The file's variables, each with its place on this machine; an empty one is left out. */
function relocated(environment: Record<string, string>, here: Record<string, string>): Record<string, string> {
  const all = {
    ...environment,
    PLUMBLINE_HOME: '',
    ...Object.fromEntries(Object.entries(here).filter(([name]) => name in environment || name === 'PLUMBLINE_HOME')),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

function begin(name: string): ChildProcess {
  const service = services[name]
  if (service?.command?.[0] !== 'node') throw new Error(`docker-compose.yml has no ${name} of ours`)
  const child = spawn(process.execPath, service.command.slice(1), {
    cwd: checkout,
    env: { PATH: process.env['PATH'] ?? '', ...service.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (name !== 'migrate') running.push({ name, process: child })
  return child
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const token = readFileSync(join(folder, 'token'), 'utf8').trim()
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const reply = await fetch(`${base}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return reply.json()
}

const isReady = () =>
  fetch(`${base}/health/ready`).then(
    (reply) => reply.ok,
    () => false,
  )

test('migrate, gateway and one worker a role run a discovery together', async () => {
  const source = new URL(await createDatabase())
  const client = new Client({ connectionString: source.href })
  await client.connect()
  await client.query(
    'create table customer (id int primary key, email text); create view known as select email from customer',
  )
  await client.end()

  const [code] = await once(begin('migrate'), 'exit')
  expect(code).toBe(0)
  for (const name of Object.keys(services).filter((service) => service !== 'migrate')) begin(name)
  await expect.poll(isReady).toBe(true)

  const connection = zConnection.parse(
    await call('POST', '/connections', {
      name: 'shop',
      kind: 'postgres',
      settings: {
        host: source.hostname,
        port: Number(source.port),
        database: source.pathname.slice(1),
        user: source.username,
      },
      credentials: { password: source.password },
    }),
  )
  const job = zJob.parse(await call('POST', '/jobs', { type: 'schema_discovery', assetId: connection.rootAssetId }))
  const status = async () => zJob.parse(await call('GET', `/jobs/${job.id}`)).status
  await expect.poll(status).toBe('completed')
  const { items } = z.object({ items: z.array(zJob) }).parse(await call('GET', `/jobs?parentJobId=${job.id}`))
  expect(items).toHaveLength(2)
})
