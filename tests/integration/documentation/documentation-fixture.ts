import {
  createJobLedger,
  selectForDocumentation,
  stageDocumentation,
  storeDocumentation,
  type StagedDocumentation,
} from '@plumbline/store'
import { expect } from 'vitest'
import { completed, openStep, type Arrangement } from '../jobs/arrange.ts'

/** What a run wrote, by column; under the empty name of the table itself. */
export const written = (
  fingerprint: string,
  texts: Record<string, string>,
  more: Partial<StagedDocumentation> = {},
): StagedDocumentation => ({
  fingerprint,
  source: 'ai',
  model: 'a-model',
  promptVersion: '1',
  unchanged: false,
  texts: Object.entries(texts).map(([column, text]) => ({
    column: column === '' ? null : column,
    text,
    sentences: [{ part: 'purpose', text, evidence: [{ kind: 'name', text: 'Its name' }], confidence: 0.7 }],
    confidence: 0.7,
  })),
  ...more,
})

/** A job that writes this about a table; the store step runs twice, as by an attempt that was repeated. */
export async function runWriting(
  at: Pick<Arrangement, 'db' | 'addJob'>,
  { connectionId, assetId }: { connectionId: string; assetId: string },
  documentation: StagedDocumentation,
) {
  const jobId = await at.addJob(assetId, 'tag_generation')
  await createJobLedger(at.db).begin(jobId)
  const scope = { connectionId, assetId, assetKind: 'table' as const }
  expect(await selectForDocumentation(at.db, await openStep(at.db, jobId, 'select'), scope)).toBe(1)
  await stageDocumentation(at.db, await openStep(at.db, jobId, 'sample'), [{ assetId, documentation }])
  const lease = await openStep(at.db, jobId, 'store')
  const stored = await storeDocumentation(at.db, lease)
  expect(await storeDocumentation(at.db, lease)).toEqual(stored)
  await createJobLedger(at.db).end(jobId, completed)
  return stored
}
