import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, startGateway } from '@plumbline/gateway'
import { pino } from 'pino'
import { temporaryFolder } from './temporary-folder.ts'

/** A gateway of a test's own, on a free port. */
export interface TestGateway {
  base: string
  /** Of an admin. */
  token: string
  home: string
  /** Status, problem or body, and headers of one request below /api/v1. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** GET of a path outside the API. */
  callRoot(path: string): Promise<Answer>
  stop(): Promise<void>
}

export interface Answer {
  status: number
  headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers freely
  body: any
}

export interface TestGatewayOptions {
  databaseUrl: string
  temporalAddress: string
  namespace?: string
  /** The built web page to serve. */
  webRoot?: string
  /** More settings of the gateway. */
  environment?: Record<string, string>
}

export async function startTestGateway(options: TestGatewayOptions): Promise<TestGateway> {
  const home = temporaryFolder('gateway')
  const config = loadConfig({
    DATABASE_URL: options.databaseUrl,
    TEMPORAL_ADDRESS: options.temporalAddress,
    TEMPORAL_NAMESPACE: options.namespace ?? 'default',
    PLUMBLINE_PORT: '0',
    PLUMBLINE_RATE_LIMIT: '0',
    PLUMBLINE_TOKEN_FILE: join(home, 'token'),
    PLUMBLINE_KEY_FILE: join(home, 'key'),
    ...(options.webRoot !== undefined && { PLUMBLINE_WEB_ROOT: options.webRoot }),
    ...options.environment,
  })
  const gateway = await startGateway(config, pino({ level: 'silent' }))
  const token = readFileSync(join(home, 'token'), 'utf8').trim()
  return {
    base: gateway.address,
    token,
    home,
    call: (method, path, body, headers) => call(`${gateway.address}/api/v1${path}`, method, token, body, headers),
    callRoot: (path) => call(`${gateway.address}${path}`, 'GET', token, undefined),
    async stop() {
      await gateway.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function call(
  url: string,
  method: string,
  token: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
