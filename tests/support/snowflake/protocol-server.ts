import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'

/** What a statement is answered with. Rows are texts, as on the wire; `hang` waits to be cancelled. */
export type Answer =
  | { columns: readonly string[]; rows: readonly (readonly (string | null)[])[]; types?: Record<string, string> }
  | { error: { code: string; message: string; sqlState?: string } }
  | 'hang'

export interface Asked {
  sql: string
  /** Of the statement: time limits among them. */
  parameters: Record<string, unknown>
}

export interface ProtocolServer extends AsyncDisposable {
  url: string
  /** Every statement so far. */
  asked: Asked[]
  /** What came with each login. */
  logins: Record<string, unknown>[]
  cancelled: number
  /** Sessions that are open. */
  sessions: Set<string>
}

const zLogin = z.object({ data: z.record(z.string(), z.unknown()) })
const zQuery = z.object({ sqlText: z.string(), parameters: z.record(z.string(), z.unknown()).nullish() })

/**
 * Speaks Snowflake's protocol over HTTP and answers as a test says: with what Snowflake was seen to answer, or documents, where the
 * emulator has no such thing.
 */
export async function protocolServer(
  answer: (sql: string) => Answer,
  refuseLogin?: { code: string; message: string },
): Promise<ProtocolServer> {
  const state = {
    asked: [] as Asked[],
    logins: [] as Record<string, unknown>[],
    cancelled: 0,
    sessions: new Set<string>(),
  }
  const hanging = new Set<() => void>()

  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server')
    const body = await bodyOf(request)
    if (pathname === '/session/v1/login-request') {
      state.logins.push(zLogin.parse(body).data)
      if (refuseLogin) return send(response, { success: false, data: {}, ...refuseLogin })
      const token = `session-${state.logins.length}`
      state.sessions.add(token)
      return send(response, { success: true, data: { token, masterToken: 'master', parameters: [], sessionInfo: {} } })
    }
    if (pathname === '/session' && searchParams.get('delete')) {
      state.sessions.delete(/Token="([^"]+)"/.exec(request.headers.authorization ?? '')?.[1] ?? '')
      return send(response, { success: true, data: null })
    }
    if (pathname === '/queries/v1/abort-request') {
      state.cancelled += 1
      for (const end of hanging) end()
      return send(response, { success: true, data: null })
    }
    const { sqlText, parameters } = zQuery.parse(body)
    state.asked.push({ sql: sqlText, parameters: parameters ?? {} })
    const found = /^\s*alter session/i.test(sqlText) ? { columns: ['status'], rows: [['done']] } : answer(sqlText)
    if (found !== 'hang') return send(response, packed(found))
    await new Promise<void>((resolve) => hanging.add(resolve))
    send(response, packed({ error: { code: '000604', sqlState: '57014', message: 'SQL execution canceled' } }))
  }

  const server = createServer((request, response) => {
    reply(request, response).catch((error: unknown) => {
      response.statusCode = 400
      response.end(String(error))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const end of hanging) end()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (request.headers['content-encoding'] !== 'gzip') {
    const plain = await text(request)
    return plain === '' ? null : JSON.parse(plain)
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return JSON.parse(gunzipSync(Buffer.concat(chunks)).toString())
}

function packed(answer: Exclude<Answer, 'hang'>): unknown {
  if ('error' in answer) {
    const { code, message, sqlState = '42000' } = answer.error
    return { success: false, code, message, data: { errorCode: code, sqlState, queryId: 'q' } }
  }
  const { columns, rows, types = {} } = answer
  const rowtype = columns.map((name) => ({
    name,
    type: types[name] ?? 'text',
    nullable: true,
    scale: 0,
    precision: 38,
    length: 100,
  }))
  const data = { rowtype, rowset: rows, total: rows.length, returned: rows.length, queryId: 'q', parameters: [] }
  return { success: true, data: { ...data, statementTypeId: 4096, queryResultFormat: 'json' } }
}

const send = (response: ServerResponse, body: unknown): void => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
}
