import { spawn, type ChildProcess } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { anyFreePort } from '@plumbline/local'
import { expect } from 'vitest'

const checkout = resolve(import.meta.dirname, '../../..')

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
  /** The command lines of everything that carries this home. Linux only. */
  living(): string[]
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
    living: () => carriersOf(home),
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal)
}

function carriersOf(home: string): string[] {
  const mark = `PLUMBLINE_HOME=${home}\0`
  return globSync('/proc/[0-9]*').flatMap((folder) => {
    try {
      const carries = readFileSync(join(folder, 'environ'), 'utf8').includes(mark)
      return carries ? [readFileSync(join(folder, 'cmdline'), 'utf8').replaceAll('\0', ' ')] : []
    } catch {
      return []
    }
  })
}

/** Waits until it serves, or fails with what it printed. */
export async function untilRunning(start: LocalStart): Promise<void> {
  await expect
    .poll(() => start.output().includes('Ctrl-C ends all of it') || start.exitCode() !== null || start.output(), {
      timeout: 90_000,
      interval: 100,
    })
    .toBe(true)
  expect(start.output()).toContain('Plumbline is running')
}

/** Interrupts it, and fails when not all of it has ended within 15 s. */
export async function untilEnded(start: LocalStart): Promise<void> {
  start.interrupt()
  await expect.poll(() => [start.exitCode(), start.living()], { timeout: 15_000, interval: 100 }).toEqual([0, []])
}
