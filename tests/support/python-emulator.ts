import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { anyFreePort } from '@plumbline/local'
import { temporaryFolder } from './temporary-folder.ts'

export interface EmulatorProcess {
  url: string
  /** Ends with it, and takes its folder along. */
  stop: () => Promise<void>
}

export interface EmulatorOptions {
  /** A word for its folder. */
  name: string
  python: string
  /** Where its packages are. */
  packages: string
  script: string
  /** What it is called with after its port. */
  args?: (folder: string) => string[]
  /** Who may come in: written to a file that this variable names. */
  access: { variable: string; content: unknown }
  /** What it answers, with whatever status, once it is up. */
  probe: { path: string; method: 'GET' | 'POST' }
  startTimeoutMs: number
}

/** Why this machine cannot run an emulator; undefined when it can. Gets what it needs the first time. */
export async function whyMissing(name: string, get: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await get()
    return undefined
  } catch (error) {
    return `no emulator of ${name}: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** A Python program of our own around an emulator's package, on a free port of loopback; it ends when its input does. */
export async function startPythonEmulator(options: EmulatorOptions): Promise<EmulatorProcess> {
  const { name, python, packages, script, args = () => [], access, startTimeoutMs } = options
  await using started = new AsyncDisposableStack()
  const folder = started.adopt(temporaryFolder(name), (path) => rmSync(path, { recursive: true, force: true }))
  const accessFile = join(folder, 'access.json')
  writeFileSync(accessFile, JSON.stringify(access.content))
  const port = await anyFreePort()
  const child = spawn(python, [script, String(port), ...args(folder)], {
    env: { PATH: process.env['PATH'], HOME: folder, PYTHONPATH: packages, [access.variable]: accessFile },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-8_000)
  })
  started.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.stdin?.end()
    await gone
  })
  const url = `http://127.0.0.1:${port}`
  for (const deadline = Date.now() + startTimeoutMs; ;) {
    if (child.exitCode !== null) throw new Error(`the emulator ended with ${child.exitCode}:\n${output}`)
    try {
      await fetch(`${url}${options.probe.path}`, { method: options.probe.method })
      break
    } catch (error) {
      if (Date.now() > deadline) throw new Error('the emulator does not answer', { cause: error })
      await sleep(50)
    }
  }
  const running = started.move()
  return { url, stop: () => running.disposeAsync() }
}
