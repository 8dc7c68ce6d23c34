import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { identityOf } from '../http/identity.ts'
import type { ViewContext } from '../jobs/job-view.ts'
import type { App } from '../routes/app.ts'
import { createMcpServer } from './mcp-server.ts'

/** What a message must be is the protocol's own matter, and so are its errors. */
const documented = {
  tags: ['Questions'],
  summary: 'Ask by the Model Context Protocol: streamable HTTP, without sessions',
  security: [{ token: [] }],
  body: z.unknown().describe('One message of JSON-RPC 2.0'),
}

/**
 * The Model Context Protocol over streamable HTTP at `/mcp`: each request carries its token and stands for itself, so any gateway can
 * answer it, and there is no stream to open and no session to end.
 */
export function mcpRoutes(deps: Pick<Deps, 'db' | 'version' | 'questionModel'>, context: () => ViewContext) {
  return async (app: App): Promise<void> => {
    app.post('/mcp', { config: { role: 'viewer' }, schema: documented }, async (request, reply) => {
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
      const server = createMcpServer(deps, identityOf(request), context())
      await server.connect(transport)
      try {
        const answer = await transport.handleRequest(webRequestOf(request), { parsedBody: request.body })
        return await reply
          .code(answer.status)
          .headers(Object.fromEntries(answer.headers))
          .send(await answer.text())
      } finally {
        await server.close()
      }
    })
    app.route({
      method: ['GET', 'DELETE'],
      url: '/mcp',
      config: { role: 'viewer' },
      schema: { hide: true },
      handler: async (_request, reply) =>
        reply
          .code(405)
          .header('allow', 'POST')
          .send({
            jsonrpc: '2.0',
            error: { code: -32_000, message: 'There are no sessions here: POST each request' },
            id: null,
          }),
    })
  }
}

/** What the transport looks at: method and headers; the body is parsed already. */
const webRequestOf = ({ method, headers, url }: FastifyRequest): Request =>
  new Request(new URL(url, 'http://gateway.invalid'), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  })
