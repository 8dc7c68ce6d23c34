import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { anyFreePort, waitUntil } from '@plumbline/local'
import { processesWith, signalAll, type LivingProcess } from './process-tree.ts'

const checkout = resolve(import.meta.dirname, '../..')

/** One `npm start` as a terminal sees it: a process group of its own, with its home and ports in the environment. */
export interface LocalStart {
  url: string
  /** What it printed so far. */
  output(): string
  /** Null while it runs. */
  exitCode(): number | null
  /** Ctrl-C: the whole group gets it. */
  interrupt(): void
  /** `kill -9` of the supervisor and what called it; gateway, worker and servers are left to themselves. */
  killSupervisor(): void
  /** Everything that carries this home. Linux only. */
  living(): LivingProcess[]
}

export interface StartSettings {
  home: string
  args?: string[]
  env?: Record<string, string>
}

/** Ports that are free now, asked for explicitly. */
export async function ownPorts(): Promise<Record<string, string>> {
  const names = ['PLUMBLINE_PORT', 'PLUMBLINE_POSTGRES_PORT', 'PLUMBLINE_TEMPORAL_PORT', 'PLUMBLINE_TEMPORAL_UI_PORT']
  const ports = await Promise.all(names.map(anyFreePort))
  return Object.fromEntries(names.map((name, index) => [name, String(ports[index])]))
}

export function localStart({ home, args = [], env = {} }: StartSettings): LocalStart {
  const ours = Object.entries(process.env).filter(([name]) => !/^(PLUMBLINE_|TEMPORAL_|DATABASE_URL)/.test(name))
  const child = spawn(process.execPath, ['scripts/start.mjs', '--no-open', ...args], {
    cwd: checkout,
    env: { ...Object.fromEntries(ours), ...env, PLUMBLINE_HOME: home },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  return {
    url: `http://127.0.0.1:${env['PLUMBLINE_PORT']}`,
    output: () => output,
    exitCode: () => child.exitCode ?? (child.signalCode === null ? null : 128),
    interrupt: () => signalGroup(child, 'SIGINT'),
    killSupervisor: () => signalGroup(child, 'SIGKILL'),
    living: () => processesWith(`PLUMBLINE_HOME=${home}\0`),
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) signalAll([-child.pid], signal)
}

/** Waits until it serves. @throws with what it printed when it does not */
export async function untilRunning(start: LocalStart): Promise<void> {
  const isRunning = () => start.output().includes('Ctrl-C ends all of it')
  await waitUntil(() => isRunning() || start.exitCode() !== null, { timeoutMs: 90_000 })
  if (!isRunning() || start.exitCode() !== null) throw new Error(`It does not run:\n${start.output()}`)
}

/** Interrupts it. @throws with what is left when not all of it has ended, with code 0, within 15 s */
export async function untilEnded(start: LocalStart): Promise<void> {
  start.interrupt()
  const hasEnded = () => start.exitCode() !== null && start.living().length === 0
  if ((await waitUntil(hasEnded, { timeoutMs: 15_000 })) && start.exitCode() === 0) return
  throw new Error(`Not ended (code ${start.exitCode()}): ${JSON.stringify(start.living())}\n${start.output()}`)
}
