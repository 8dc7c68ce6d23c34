import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { localStart, ownPorts, untilEnded, untilRunning, type LocalStart } from '../support/local-start.ts'
import type { Servers } from '../support/servers.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { memoryMb } from './memory.ts'
import type { Report } from './report.ts'

/** The follow-ups of the first discovery have ended, and nobody has asked for anything since. */
const restMs = 30_000

/** What a person waits for: the first start of a home (installed already), the second, the end; and what it takes at rest. */
export async function main(_servers: Servers, report: Report): Promise<void> {
  const home = temporaryFolder('home')
  const env = await ownPorts()
  try {
    const first = localStart({ home, env })
    report.add(within('first start of a home', await seconds(() => untilRunning(first)), 60))
    await sleep(restMs)
    report.add(atRest(first))
    report.add(within('end', await seconds(() => untilEnded(first)), 15))

    const second = localStart({ home, env })
    report.add(within('second start', await seconds(() => untilRunning(second)), 10))
    await untilEnded(second)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

const within = (name: string, figure: number, limit: number) => ({
  name,
  figure: `${figure.toFixed(1)} s`,
  target: `< ${limit} s`,
  ok: figure < limit,
})

function atRest(start: LocalStart) {
  const figure = memoryMb(start.living().map(({ pid }) => pid))
  return {
    name: 'memory of all processes at rest',
    figure: `${figure.toFixed(0)} MB`,
    target: '≤ 900 MB',
    ok: figure <= 900,
  }
}
