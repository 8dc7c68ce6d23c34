import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { withPython, type PythonResult } from '../python.ts'
import type { LabelledColumn } from './cases.ts'
import type { Answer } from './score.ts'

const version = '2.2.366'
const analyzeMs = 120_000

const zResult = z.object({ pii: z.array(z.string().nullable()), columnsPerSecond: z.number() })

interface PresidioAnswers {
  answers: Answer[]
  version: string
  columnsPerSecond: number
}

/** The pattern recognizers of presidio-analyzer over the same values, without its language models. */
export const presidioAnswers = (cases: readonly LabelledColumn[]): Promise<PythonResult<PresidioAnswers>> =>
  withPython([`presidio-analyzer==${version}`], async ({ folder, run }) => {
    const [input, output] = [join(folder, 'cases.json'), join(folder, 'answers.json')]
    await writeFile(input, JSON.stringify(cases.map(({ samples }) => samples)))
    const failure = await run(new URL('presidio-patterns.py', import.meta.url), [input, output], analyzeMs)
    if (failure !== undefined) return { kind: 'skipped', reason: failure }
    const { pii, columnsPerSecond } = zResult.parse(JSON.parse(await readFile(output, 'utf8')))
    const answers = pii.map((kind) => ({ pii: kind, sensitivity: '', domain: null }))
    return { kind: 'done', value: { answers, version, columnsPerSecond } }
  })
