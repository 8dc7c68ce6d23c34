import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'

/** What a stage came to, for `scripts/test.mjs`. */
export interface StageResult {
  passed: number
  failed: number
  /** Each with the reason given to `context.skip(reason)`. */
  skipped: { name: string; reason: string }[]
}

/** Writes the result of a run to the file named in PLUMBLINE_STAGE_RESULT. A file that does not load counts as one failure. */
export default class StageReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env['PLUMBLINE_STAGE_RESULT']
    if (file) writeFileSync(file, JSON.stringify(resultOf(modules, unhandled)))
  }
}

function resultOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): StageResult {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const broken = modules.filter((module) => module.errors().length > 0).length
  const inState = (state: string) => tests.filter((test) => test.result().state === state)
  return {
    passed: inState('passed').length,
    // A test without a result was cut off: that is no pass.
    failed: inState('failed').length + inState('pending').length + broken + unhandled.length,
    skipped: inState('skipped').map((test) => ({ name: nameOf(test), reason: reasonOf(test) })),
  }
}

const nameOf = (test: TestCase) => `${relative(process.cwd(), test.module.moduleId)}: ${test.fullName}`

function reasonOf(test: TestCase): string {
  const result = test.result()
  return (result.state === 'skipped' && result.note) || 'no reason given'
}
