import { ConnectorError } from '../connector-error.ts'
import type { SourceStatement, StatementEvent, StatementRequest } from '../connector.ts'
import { listDatasets } from './datasets.ts'
import { endsSession, isNotFound } from './driver-error.ts'
import { inParallel, mostCalls } from './in-parallel.ts'
import type { BigQueryLink } from './link.ts'
import { zRoutine, zRoutineList } from './resources.ts'
import { tooLongWarning } from '../too-long-warning.ts'

/** The bodies of procedures in SQL, by one list a dataset and one call a procedure; functions only give values back. */
export async function* readProcedures(
  link: BigQueryLink,
  { limit, maxLength }: StatementRequest,
): AsyncGenerator<StatementEvent> {
  let [left, tooLong] = [limit, 0]
  const refusals: { schema: string; message: string }[] = []
  for (const { name: schema } of await listDatasets(link)) {
    try {
      const names = (await proceduresOf(link, schema)).slice(0, left)
      const bodies = await inParallel(names, mostCalls, (name) => bodyOf(link, schema, name))
      left -= names.length
      const short = bodies.filter(({ text }) => text.length <= maxLength)
      tooLong += bodies.length - short.length
      if (short.length > 0) yield { kind: 'statements', statements: short }
    } catch (error) {
      if (isNotFound(error)) continue
      if (!(error instanceof ConnectorError) || endsSession(error)) throw error
      refusals.push({ schema, message: error.message })
    }
  }
  if (tooLong > 0) yield { kind: 'warnings', warnings: [tooLongWarning(tooLong, 'procedures', maxLength)] }
  const [first, ...more] = refusals
  if (!first) return
  const others = more.length > 0 ? ` and of ${more.length} more datasets` : ''
  const message = `Procedures of ${first.schema}${others} could not be read: ${first.message}`
  yield { kind: 'warnings', warnings: [{ code: 'routines-not-readable', object: 'procedures', message }] }
}

async function proceduresOf(link: BigQueryLink, schema: string): Promise<string[]> {
  const names: string[] = []
  for await (const { routines = [] } of link.pages({ path: `/datasets/${schema}/routines`, answer: zRoutineList }))
    for (const { routineReference, routineType, language } of routines)
      if (routineType === 'PROCEDURE' && (language ?? 'SQL') === 'SQL') names.push(routineReference.routineId)
  return names.toSorted()
}

async function bodyOf(link: BigQueryLink, schema: string, name: string): Promise<SourceStatement> {
  const path = `/datasets/${schema}/routines/${name}`
  const { definitionBody: text = '' } = await link.call({ path, query: { fields: 'definitionBody' }, answer: zRoutine })
  const called = `${schema}.${name}`
  return { externalId: called, name: called, text, calls: null, searchPath: null }
}
