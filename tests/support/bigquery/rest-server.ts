import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

export interface Asked {
  method: string
  /** Below the project, with the query behind `?`. */
  path: string
  body: unknown
}

/** What is answered: a resource, or an error by its reason as BigQuery documents it. `hang` waits until the server is closed. */
export type Answer =
  | { [field: string]: unknown }
  | { refused: { status: number; reason: string; message: string } }
  | 'hang'

export interface RestServer extends AsyncDisposable {
  url: string
  asked: Asked[]
  /** The most calls that were open at one moment. */
  readonly mostAtOnce: number
}

/**
 * Speaks BigQuery's REST API over HTTP and answers as a test says: with what BigQuery documents, where the emulator has no such thing.
 */
export async function restServer(answer: (asked: Asked) => Answer): Promise<RestServer> {
  const asked: Asked[] = []
  const open = { now: 0, most: 0 }
  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace(/^\/bigquery\/v2\/projects\/[^/]+/, '')
    const one = {
      method: request.method ?? 'GET',
      path,
      body: request.method === 'POST' ? await bodyOf(request) : undefined,
    }
    asked.push(one)
    const found = answer(one)
    if (found === 'hang') return
    const refused = zRefused.safeParse(found)
    response.setHeader('content-type', 'application/json')
    if (!refused.success) response.end(JSON.stringify(found))
    else {
      const { status, reason, message } = refused.data.refused
      response.statusCode = status
      response.end(
        JSON.stringify({ error: { code: status, message, errors: [{ reason, message, domain: 'global' }] } }),
      )
    }
  }
  const server = createServer((request, response) => {
    open.most = Math.max(open.most, ++open.now)
    response.once('close', () => open.now--)
    reply(request, response).catch((error: unknown) => {
      response.statusCode = 400
      response.end(String(error))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    get mostAtOnce() {
      return open.most
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Whether it makes a job. */
export const isInsert = ({ method, path }: Asked): boolean => method === 'POST' && /^\/jobs(?:\?|$)/.test(path)

const zRefused = z.object({ refused: z.object({ status: z.number(), reason: z.string(), message: z.string() }) })

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const sent = await text(request)
  return sent === '' ? undefined : JSON.parse(sent)
}
