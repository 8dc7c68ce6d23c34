import { readFileSync } from 'node:fs'
import { z } from 'zod'

const zEnvironment = z.object({
  PLUMBLINE_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:7878'),
  PLUMBLINE_TOKEN: z.string().min(1).optional(),
  PLUMBLINE_TOKEN_FILE: z.string().min(1).optional(),
})

export interface McpConfig {
  /** Where the gateway speaks the Model Context Protocol. */
  endpoint: URL
  token: string
}

/** @throws Error that says what to set, when there is no token */
export function loadMcpConfig(environment: NodeJS.ProcessEnv): McpConfig {
  const env = zEnvironment.parse(environment)
  const token =
    env.PLUMBLINE_TOKEN ?? (env.PLUMBLINE_TOKEN_FILE && readFileSync(env.PLUMBLINE_TOKEN_FILE, 'utf8').trim())
  if (!token)
    throw new Error('There is no token: set PLUMBLINE_TOKEN, or PLUMBLINE_TOKEN_FILE to the file that holds it')
  return { endpoint: new URL('/mcp', env.PLUMBLINE_URL), token }
}
