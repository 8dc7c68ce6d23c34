// `npm run -s mcp` is a server of the Model Context Protocol on standard input and output; see docs/guides/questions.md.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { handOver, prepare, root, run } from './toolchain.mjs'

await run(async () => {
  await prepare()
  const file = join(process.env.PLUMBLINE_HOME ?? join(root, '.local'), 'token')
  const hasToken = process.env.PLUMBLINE_TOKEN || process.env.PLUMBLINE_TOKEN_FILE || !existsSync(file)
  return handOver('services/mcp/src/main.ts', [], hasToken ? {} : { PLUMBLINE_TOKEN_FILE: file })
})
