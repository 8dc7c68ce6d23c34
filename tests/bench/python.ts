import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const installMs = 240_000

/** A Python environment in a folder that is removed again, for what others are measured with in the same run. */
export interface Python {
  folder: string
  /** Runs a script beside the caller's. @returns why it failed; undefined when it did not */
  run: (script: URL, args: readonly string[], timeoutMs: number) => Promise<string | undefined>
}

export type PythonResult<T> = { kind: 'done'; value: T } | { kind: 'skipped'; reason: string }

/** @param work gives its result, or says why there is none */
export async function withPython<T>(
  packages: readonly string[],
  work: (python: Python) => Promise<PythonResult<T>>,
): Promise<PythonResult<T>> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-python-'))
  try {
    const program = join(folder, 'venv', 'bin', 'python')
    const failure =
      (await runProgram('python3', ['-m', 'venv', join(folder, 'venv')], installMs)) ??
      (await runProgram(
        program,
        ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
        installMs,
      ))
    if (failure !== undefined) return { kind: 'skipped', reason: failure }
    return await work({
      folder,
      run: (script, args, timeoutMs) => runProgram(program, [fileURLToPath(script), ...args], timeoutMs),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runProgram(command: string, args: readonly string[], timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: timeoutMs })
    let said = ''
    child.stderr.on('data', (chunk) => (said += String(chunk)))
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => {
      const lastLine = said.trim().split('\n').at(-1) ?? `exit code ${code}`
      resolve(code === 0 ? undefined : signal ? `${command} took too long` : lastLine)
    })
  })
}
