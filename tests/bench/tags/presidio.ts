import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { LabelledColumn } from './cases.ts'
import type { Answer } from './score.ts'

const version = '2.2.366'
const installMs = 240_000
const analyzeMs = 120_000

const zResult = z.object({ pii: z.array(z.string().nullable()), columnsPerSecond: z.number() })

export type PresidioAnswers =
  | { kind: 'answered'; answers: Answer[]; version: string; columnsPerSecond: number }
  | { kind: 'skipped'; reason: string }

/** The pattern recognizers of presidio-analyzer over the same values, in a folder that is removed again. Without its language models. */
export async function presidioAnswers(cases: readonly LabelledColumn[]): Promise<PresidioAnswers> {
  const folder = await mkdtemp(join(tmpdir(), 'presidio-'))
  try {
    const python = join(folder, 'venv', 'bin', 'python')
    const steps: [string, string[], number][] = [
      ['python3', ['-m', 'venv', join(folder, 'venv')], installMs],
      [
        python,
        ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `presidio-analyzer==${version}`],
        installMs,
      ],
      [python, [script, join(folder, 'cases.json'), join(folder, 'answers.json')], analyzeMs],
    ]
    await writeFile(join(folder, 'cases.json'), JSON.stringify(cases.map(({ samples }) => samples)))
    for (const [command, args, timeoutMs] of steps) {
      const failure = await run(command, args, timeoutMs)
      if (failure !== undefined) return { kind: 'skipped', reason: failure }
    }
    const { pii, columnsPerSecond } = zResult.parse(JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')))
    const answers = pii.map((kind) => ({ pii: kind, sensitivity: '', domain: null }))
    return { kind: 'answered', answers, version, columnsPerSecond }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const script = fileURLToPath(new URL('presidio-patterns.py', import.meta.url))

/** @returns why it failed; undefined when it did not */
function run(command: string, args: readonly string[], timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: timeoutMs })
    let said = ''
    child.stderr.on('data', (chunk) => (said += String(chunk)))
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) =>
      resolve(
        code === 0
          ? undefined
          : signal
            ? `${command} took too long`
            : (said.trim().split('\n').at(-1) ?? `exit code ${code}`),
      ),
    )
  })
}
