import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { leanNode } from '@plumbline/local'

/** A worker or gateway in a process of its own: to be killed in the middle of its work. */
export interface ServiceProcess {
  pid: number
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM, then waits for it to drain. */
  stop(): Promise<void>
}

/** Far longer than a service gives to what it does. */
const drainMs = 60_000

/** Starts `services/<name>` and waits until it says that it is ready. */
export async function startService(
  name: 'worker' | 'gateway',
  environment: Record<string, string>,
): Promise<ServiceProcess> {
  const main = fileURLToPath(new URL(`../../services/${name}/src/main.ts`, import.meta.url))
  return startProcess(main, `${name} ready`, environment)
}

/** Starts a script as a service is started, and waits until it has printed the line. */
export async function startProcess(
  script: string,
  line: string,
  environment: Record<string, string>,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [...leanNode, script], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = await ready(child, line)
  let asked = false
  child.once('exit', (code) => {
    if (!asked) process.stderr.write(`${script} ended by itself with ${code}:\n${output()}\n`)
  })
  const end = async (signal: NodeJS.Signals) => {
    asked = true
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    if (await Promise.race([gone, sleep(drainMs, undefined, { ref: false })])) return
    child.kill('SIGKILL')
    await gone
    throw new Error(`${script} did not end within ${drainMs / 1000} s of ${signal}:\n${output()}`)
  }
  return { pid: child.pid ?? 0, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

/** @returns the end of what it printed, up to the moment it is asked for */
async function ready(child: ChildProcess, line: string): Promise<() => string> {
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000)
      if (output.includes(line)) resolve()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${output.slice(-2000)}`)))
  })
  return () => output.slice(-4000)
}
