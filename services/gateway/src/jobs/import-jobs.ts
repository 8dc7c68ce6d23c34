import type { ImportResult } from '@plumbline/api'
import {
  discardImport,
  importStaged,
  newId,
  stageJobs,
  type Actor,
  type Database,
  type LineError,
  type NumberedJob,
} from '@plumbline/store'
import { ndjsonLines } from '../http/ndjson-lines.ts'
import { archivedJobFromLine } from './archived-job-from-line.ts'

/** Lines that are in memory at once. */
const batch = 200
/** Errors that are told; the rest is counted. */
const maxErrors = 1_000

/**
 * Takes the NDJSON of an export back. It passes through memory a few lines at a time; nothing of it is a job before the file is
 * there as a whole, because jobs name others that come later.
 */
export async function importJobs(db: Database, actor: Actor, body: AsyncIterable<Buffer>): Promise<ImportResult> {
  const importId = newId()
  try {
    const read = await stage(db, actor, importId, body)
    const check = await importStaged(db, actor, importId, { maxErrors })
    return {
      imported: check.toImport,
      known: check.known + read.repeated,
      refused: check.refused + read.refused,
      errors: [...read.errors, ...check.errors].sort((a, b) => a.line - b.line).slice(0, maxErrors),
    }
  } finally {
    await discardImport(db, importId)
  }
}

interface Read {
  /** Jobs that came twice in the file. */
  repeated: number
  refused: number
  errors: LineError[]
}

async function stage(db: Database, actor: Actor, importId: string, body: AsyncIterable<Buffer>): Promise<Read> {
  const read: Read = { repeated: 0, refused: 0, errors: [] }
  const now = new Date()
  let jobs: NumberedJob[] = []
  const flush = async () => {
    read.repeated += await stageJobs(db, importId, jobs)
    jobs = []
  }
  for await (const next of ndjsonLines(body)) {
    const { line } = next
    const parsed =
      'text' in next
        ? archivedJobFromLine(next.text, actor.name, now)
        : { kind: 'refused' as const, message: next.problem }
    if (parsed.kind === 'job') jobs.push({ line, job: parsed.job })
    else {
      read.refused += 1
      if (read.errors.length < maxErrors) read.errors.push({ line, message: parsed.message })
    }
    if (jobs.length >= batch) await flush()
  }
  await flush()
  return read
}
