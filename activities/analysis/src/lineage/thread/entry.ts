import { parentPort } from 'node:worker_threads'
import { checkWarehouseSql } from '../../metrics/check-warehouse-sql.ts'
import { loadParser } from '../sql/parse-statement.ts'
import { traceScript, type StatementLineage } from '../sql/script-lineage.ts'
import { createTableSchema, type TableSchema } from '../sql/table-schema.ts'
import type { ThreadMessage, ThreadRequest, TraceRequest } from './messages.ts'

/** What is traced is sent about as often, so that a script which is given up leaves what it had. */
const partEveryMs = 200

const schemas = new Map<number, TableSchema>()
const send = (message: ThreadMessage): void => parentPort?.postMessage(message, [])

function trace({ sql, dialect, schema, tables, forget, unparsed }: TraceRequest): void {
  if (forget !== undefined) schemas.delete(forget)
  if (tables) schemas.set(schema, createTableSchema(tables))
  let traced: StatementLineage[] = []
  let [at, sentAt] = [0, performance.now()]
  for (const statement of traceScript(sql, dialect, schemas.get(schema) ?? createTableSchema({}), new Set(unparsed))) {
    if (statement.failure?.isParserBroken) return send({ kind: 'broken', at })
    traced.push(statement)
    at++
    if (performance.now() - sentAt < partEveryMs) continue
    send({ kind: 'part', statements: traced })
    ;[traced, sentAt] = [[], performance.now()]
  }
  send({ kind: 'traced', statements: traced })
}

await loadParser()
parentPort?.on('message', (request: ThreadRequest) =>
  'check' in request
    ? send({ kind: 'checked', verdict: checkWarehouseSql(request.check, request.dialect) })
    : trace(request),
)
send({ kind: 'ready' })
