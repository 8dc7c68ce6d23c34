import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import type { McpConfig } from './config.ts'

/** A question may take the gateway's two seconds for each part; a language model behind it far longer. */
const timeoutMs = 240_000

/**
 * Hands the tools of a gateway to who speaks on `transport`, as an assistant does that starts this as a command. The token stays here: the
 * assistant never sees it. Fails at once where the gateway cannot be reached or refuses the token; a call that fails later is answered as
 * failed, and the next is tried anew.
 */
export async function bridge(
  { endpoint, token }: McpConfig,
  transport: Transport,
): Promise<{ close(): Promise<void> }> {
  const client = new Client({ name: 'plumbline-stdio', version: '0.1.0' })
  const http = new StreamableHTTPClientTransport(endpoint, {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
  await client.connect(http, { timeout: timeoutMs })
  const { name = 'plumbline', version = '0.1.0' } = client.getServerVersion() ?? {}
  const instructions = client.getInstructions()
  const server = new Server(
    { name, version },
    { capabilities: { tools: {} }, ...(instructions !== undefined && { instructions }) },
  )
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => client.listTools(params, { timeout: timeoutMs }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) =>
    client.callTool(params, undefined, { timeout: timeoutMs, signal }),
  )
  await server.connect(transport)
  return {
    async close() {
      await server.close()
      await client.close()
    },
  }
}
