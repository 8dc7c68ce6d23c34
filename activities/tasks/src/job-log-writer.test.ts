import type { NewLogLine } from '@plumbline/store'
import { expect, test } from 'vitest'
import { redactor } from './failures.ts'
import { jobLogWriter, maxLines } from './job-log-writer.ts'

/** A log with `length` lines that cannot be written to while `full`. */
function writerOn(log: { length: number; full: boolean }, attempt = 2) {
  let asked = 0
  const written: NewLogLine[] = []
  const errors: string[] = []
  const writer = jobLogWriter({
    ledger: {
      logLength: () => {
        asked++
        return Promise.resolve(log.length)
      },
      appendLog: async (_, lines) => {
        if (log.full) throw new Error('No space left on device')
        written.push(...lines)
      },
    },
    lease: { jobId: 'j', step: 'sample', attempt, runId: 'r' },
    redact: redactor(['hunter22']),
    onError: (error) => errors.push(String(error)),
  })
  return { writer, written, errors, asked: () => asked, messages: () => written.map(({ message }) => message) }
}

test('lines are kept in order, with their place, and written only when told to', async () => {
  const { writer, written, messages } = writerOn({ length: 0, full: false })
  writer.add('info', 'one')
  writer.add('debug', 'two', { rows: 3 })
  expect(written).toEqual([])
  await writer.flush()
  writer.add('warn', 'three')
  await writer.finish()
  expect(messages()).toEqual(['one', 'two', 'three'])
  expect(written[1]).toMatchObject({ level: 'debug', step: 'sample', attempt: 2, fields: { rows: 3 } })
  expect(written[1]?.at).toBeInstanceOf(Date)
})

test('secrets are taken out of messages and of fields, however deep, and what no record can hold', async () => {
  const { writer, written } = writerOn({ length: 0, full: false })
  writer.add('info', 'as reader:hunter22@db\0\ud800', { url: 'x hunter22', list: [{ deep: 'hunter22' }, 7, null] })
  await writer.finish()
  expect(written).toMatchObject([
    {
      message: 'as reader:[redacted]@db\ufffd',
      fields: { url: 'x [redacted]', list: [{ deep: '[redacted]' }, 7, null] },
    },
  ])
})

test('lines that cannot be written are counted, and the next write says how many are lost', async () => {
  const log = { length: 0, full: true }
  const { writer, errors, messages } = writerOn(log)
  writer.add('info', 'one')
  writer.add('info', 'two')
  await writer.flush()
  writer.add('info', 'three')
  await writer.flush()
  expect(errors).toEqual(['Error: No space left on device', 'Error: No space left on device'])
  log.full = false
  writer.add('info', 'four')
  await writer.finish()
  expect(messages()).toEqual(['3 lines before this one could not be written and are lost', 'four'])
})

test('a log that is full says so once and keeps errors only', async () => {
  const { writer, messages } = writerOn({ length: maxLines - 2, full: false })
  for (const message of ['one', 'two', 'three']) writer.add('info', message)
  writer.add('error', 'at last')
  await writer.flush()
  writer.add('info', 'four')
  writer.add('error', 'again')
  await writer.finish()
  expect(messages()).toEqual([
    'one',
    'two',
    `The log of this job is full: beyond ${maxLines} lines only errors are kept`,
    'at last',
    'again',
  ])
})

test('what comes faster than it is written costs lines, not memory', async () => {
  const { writer, messages } = writerOn({ length: 0, full: false })
  for (let n = 0; n < 2_500; n++) writer.add('debug', `line ${n}`)
  await writer.flush()
  expect(messages()).toHaveLength(2_001)
  expect(messages()[0]).toContain('500 lines')
})

test('the first few lines of a first attempt are written without asking how many there are', async () => {
  const { writer, asked, messages } = writerOn({ length: maxLines, full: false }, 1)
  for (let n = 0; n < 15; n++) writer.add('info', `line ${n}`)
  await writer.flush()
  expect(asked()).toBe(0)
  expect(messages()).toHaveLength(15)
  for (let n = 0; n < 15; n++) writer.add('info', `more ${n}`)
  await writer.finish()
  expect(asked()).toBe(1)
  expect(messages()).toHaveLength(15)
})

test('a message that is cut in the middle of a pair still is a text that the record holds', async () => {
  const { writer, written } = writerOn({ length: 0, full: false })
  writer.add('info', `${'x'.repeat(3_999)}😀 and more`)
  await writer.finish()
  expect(written[0]?.message).toBe(`${'x'.repeat(3_999)}\ufffd`)
})
