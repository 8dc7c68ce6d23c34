import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { bridge } from './bridge.ts'
import { loadMcpConfig } from './config.ts'

/** Standard output is the protocol's: what a person should read goes to standard error. */
async function main(): Promise<void> {
  const bridged = await bridge(loadMcpConfig(process.env), new StdioServerTransport())
  const stop = () => void bridged.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  // Who started this is gone.
  process.stdin.once('close', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`The MCP server cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
