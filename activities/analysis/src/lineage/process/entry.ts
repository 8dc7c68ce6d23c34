import { checkWarehouseSql } from '../../metrics/check-warehouse-sql.ts'
import { loadParser } from '../sql/parse-statement.ts'
import { traceScript, type StatementLineage } from '../sql/script-lineage.ts'
import { createTableSchema, type TableSchema } from '../sql/table-schema.ts'
import type { ParserMessage, ParserRequest, TraceRequest } from './messages.ts'

/** What is traced is sent about as often, so that a script which is given up leaves what it had. */
const partEveryMs = 200

const schemas = new Map<number, TableSchema>()

/** Done when the message has left: one that waits in this process is lost with it. */
const send = (message: ParserMessage): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => (error ? reject(error) : resolve()))
  })

async function trace({ sql, dialect, schema, tables, forget, unparsed }: TraceRequest): Promise<void> {
  if (forget !== undefined) schemas.delete(forget)
  if (tables) schemas.set(schema, createTableSchema(tables))
  let traced: StatementLineage[] = []
  let [at, sentAt] = [0, performance.now()]
  for (const statement of traceScript(sql, dialect, schemas.get(schema) ?? createTableSchema({}), new Set(unparsed))) {
    if (statement.failure?.isParserBroken) return send({ kind: 'broken', at })
    traced.push(statement)
    at++
    if (performance.now() - sentAt < partEveryMs) continue
    // Fails where nobody listens any more, which ends this process too.
    await send({ kind: 'part', statements: traced })
    ;[traced, sentAt] = [[], performance.now()]
  }
  return send({ kind: 'traced', statements: traced })
}

// A terminal and a service manager signal every process: the worker that asks decides when this one is done.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
await loadParser()
process.on('message', (request: ParserRequest) => {
  void ('check' in request
    ? send({ kind: 'checked', verdict: checkWarehouseSql(request.check, request.dialect) })
    : trace(request))
})
await send({ kind: 'ready' })
