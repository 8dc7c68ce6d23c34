import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { anyFreePort, choosePorts, isPortFree, type PortWish } from './ports.ts'

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

/** A port that somebody listens on, the one after it being free. */
async function takenPort(): Promise<number> {
  for (;;) {
    const port = await anyFreePort()
    if (port < 65_000 && (await isPortFree(port + 1))) {
      const server = createServer()
      servers.push(server)
      await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port }, resolve))
      return port
    }
  }
}

const wish = (preferred: number, explicit: boolean): PortWish => ({
  name: 'page',
  variable: 'PLUMBLINE_PORT',
  preferred,
  explicit,
})

test('a taken default is replaced by the next free port, and that is told', async () => {
  const taken = await takenPort()
  const told: number[] = []
  expect(await choosePorts([wish(taken, false)], (_, port) => told.push(port))).toEqual([taken + 1])
  expect(told).toEqual([taken + 1])
})

test('two wishes for one port get two', async () => {
  const port = await anyFreePort()
  const [first, second] = await choosePorts([wish(port, false), wish(port, false)], () => undefined)
  expect(first).toBe(port)
  expect(second).not.toBe(port)
})

test('a taken port that was asked for is an error that names its variable', async () => {
  const taken = await takenPort()
  await expect(choosePorts([wish(taken, true)], () => undefined)).rejects.toThrow(
    `Port ${taken} (PLUMBLINE_PORT, page) is taken`,
  )
})
