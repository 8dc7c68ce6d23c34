import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection, CreateConnection, StartJob } from '@plumbline/api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseTarget } from './connect-target.ts'
import { firstStart } from './first-start.ts'
import type { LocalApi } from './local-api.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-first-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Keeps connections and started jobs, as the gateway would. */
function fakeApi(): LocalApi & { connections: Connection[]; jobs: StartJob[]; passwords: string[] } {
  const connections: Connection[] = []
  const jobs: StartJob[] = []
  const passwords: string[] = []
  const at = '2026-01-01T00:00:00.000Z'
  return {
    connections,
    jobs,
    passwords,
    findConnection: async (name) => connections.find((connection) => connection.name === name),
    async createConnection(body: CreateConnection) {
      passwords.push(body.kind === 'postgres' ? body.credentials.password : '')
      const id = `c${connections.length}`
      const made = {
        id,
        name: body.name,
        kind: body.kind,
        settings: { ...body.settings },
        maxConcurrentJobs: 4,
        paused: false,
        rootAssetId: `a-${id}`,
        createdAt: at,
        updatedAt: at,
      }
      connections.push(made)
      return made
    },
    async updateConnection(id, body) {
      const found = connections.find((connection) => connection.id === id)
      if (!found) throw new Error(`no ${id}`)
      Object.assign(found.settings, body.settings)
      if (body.credentials) passwords.push(String(body.credentials['password']))
      return found
    },
    startJob: async (body) => `j${jobs.push(body)}`,
  }
}

const target = parseTarget('postgres://ada:s3cret@db.example/orders')
const marker = () => join(folder, 'first-start.json')

test('--connect registers the database and discovers it, once by its name, and never tells the password', async () => {
  const api = fakeApi()
  const start = { api, serverUrl: undefined, marker: marker(), connect: target }
  const told = [...(await firstStart(start)), ...(await firstStart(start))]
  expect(api.connections.map((connection) => connection.name)).toEqual(['orders on db.example:5432'])
  expect(api.jobs).toEqual([1, 2].map(() => ({ type: 'schema_discovery', assetId: 'a-c0' })))
  expect(api.passwords).toEqual(['s3cret', 's3cret'])
  expect(told.join()).not.toContain('s3cret')
})

test('a record of your own gets no sample', async () => {
  const api = fakeApi()
  const told = await firstStart({ api, serverUrl: undefined, marker: marker(), connect: undefined })
  expect(told.join()).toContain('No sample')
  expect(api.connections).toEqual([])
  expect(existsSync(marker())).toBe(true)
})

test('a later start makes nothing again, and follows the embedded Postgres to another port', async () => {
  const api = fakeApi()
  await firstStart({ api, serverUrl: undefined, marker: marker(), connect: undefined })
  await api.createConnection({
    name: 'Sample shop',
    kind: 'postgres',
    settings: { host: '127.0.0.1', port: 5433, database: 'sample_shop', user: 'sample_reader' },
    credentials: { password: '' },
  })
  const told = await firstStart({
    api,
    serverUrl: 'postgres://plumbline@127.0.0.1:5434/postgres',
    marker: marker(),
    connect: undefined,
  })
  expect(told).toEqual([])
  expect(api.connections[0]?.settings['port']).toBe(5434)
  expect(api.jobs).toEqual([])
})
