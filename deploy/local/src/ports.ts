import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { StartError } from './start-error.ts'

/** Where a server would like to listen on loopback. */
export interface PortWish {
  /** What listens there, as a person calls it. */
  name: string
  /** The environment variable that sets it. */
  variable: string
  preferred: number
  /** True when a person asked for this very port: then it is never replaced. */
  explicit: boolean
}

const triedPorts = 200

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Below the ports that systems hand out to connections: a server that is killed finds its own free when it comes back. */
const quietPorts = { from: 20_000, to: 30_000 } as const
const given = new Set<number>()

/**
 * A port that nobody listens on, for servers that nobody needs to find again; never the same twice in one process.
 * @throws when there is none
 */
export async function anyFreePort(): Promise<number> {
  while (given.size < quietPorts.to - quietPorts.from) {
    const port = randomInt(quietPorts.from, quietPorts.to)
    if (given.has(port)) continue
    given.add(port)
    if (await isPortFree(port)) return port
  }
  throw new Error(`No free port between ${quietPorts.from} and ${quietPorts.to}`)
}

/** Says whether a port can be had; asked once for each that is thought of. */
export type PortCheck = (port: number) => Promise<boolean>

/**
 * A free port for each wish, in order. A taken default is replaced by the next free port, and `replaced` is told.
 * @throws StartError when a port that was asked for is taken
 */
export async function choosePorts(
  wishes: readonly PortWish[],
  replaced: (wish: PortWish, port: number) => void,
  isFree: PortCheck = isPortFree,
): Promise<number[]> {
  const chosen: number[] = []
  for (const wish of wishes) {
    const port = await choosePort(wish, chosen, isFree)
    if (port !== wish.preferred) replaced(wish, port)
    chosen.push(port)
  }
  return chosen
}

async function choosePort(wish: PortWish, chosen: readonly number[], isFree: PortCheck): Promise<number> {
  const last = wish.explicit ? wish.preferred : Math.min(wish.preferred + triedPorts, 65_535)
  for (let port = wish.preferred; port <= last; port++) {
    if (!chosen.includes(port) && (await isFree(port))) return port
  }
  throw new StartError(
    wish.explicit
      ? `Port ${wish.preferred} (${wish.variable}, ${wish.name}) is taken by another program.`
      : `No free port for ${wish.name} between ${wish.preferred} and ${last}.`,
    `Set ${wish.variable} to a free port, or end the program that listens there.`,
  )
}
