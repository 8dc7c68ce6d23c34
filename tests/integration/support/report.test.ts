import { expect, test } from 'vitest'
import { createReport } from '../../bench/report.ts'

test('a target that is short makes the exit code 1', () => {
  const lines: string[] = []
  const report = createReport((line) => lines.push(line))
  report.add({ name: 'run time', figure: '0.9 s', target: '≤ 1 s', reference: 'psql 0.2 s', ok: true })
  report.add({ name: 'memory', figure: '500 MB', target: '≤ 400 MB', ok: false })
  expect(report.end()).toBe(1)
  expect(lines).toEqual([
    'run time: 0.9 s (target ≤ 1 s, reference psql 0.2 s) ok',
    'memory: 500 MB (target ≤ 400 MB) short',
    '1 ok, 1 short',
  ])
})
