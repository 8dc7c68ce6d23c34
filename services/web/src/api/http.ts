import { ProblemError, problemOf, unreachableProblem } from './problem.ts'

export type QueryValue = string | number | boolean | readonly string[] | undefined

export interface Http {
  get<Answer>(path: string, query?: Record<string, QueryValue>, signal?: AbortSignal): Promise<Answer>
  /** The answer itself, to be read as it comes: for files. */
  open(path: string, query?: Record<string, QueryValue>, signal?: AbortSignal): Promise<Response>
  /** Sends an Idempotency-Key, so that a request repeated by the browser or a proxy creates one thing. */
  post<Answer>(path: string, body: unknown): Promise<Answer>
  /** Sends a file as it is; the browser reads it while it goes. */
  upload<Answer>(path: string, file: Blob, contentType: string): Promise<Answer>
  patch<Answer>(path: string, body: unknown): Promise<Answer>
  put<Answer>(path: string, body: unknown): Promise<Answer>
  delete: (path: string) => Promise<void>
}

export interface HttpDeps {
  fetch: typeof globalThis.fetch
  token: () => string | null
  /** Called for an answer of 401, before the error is thrown. */
  onUnauthorized: () => void
}

/** `?a=1&b=2&b=3`: lists are repeated, undefined is left out; the empty string when nothing is left. */
export function queryString(query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (typeof value === 'object') for (const one of value) parameters.append(name, one)
    else parameters.append(name, String(value))
  }
  return parameters.size === 0 ? '' : `?${parameters}`
}

interface Content {
  type: string
  body: string | Blob
}

const json = (value: unknown): Content => ({ type: 'application/json', body: JSON.stringify(value) })

/** A client of `/api/v1` on the page's own origin. Every failure is thrown as a ProblemError. */
export function createHttp(deps: HttpDeps): Http {
  const send = async (method: string, path: string, content?: Content, signal?: AbortSignal): Promise<Response> => {
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${deps.token() ?? ''}`,
    }
    if (content !== undefined) headers['content-type'] = content.type
    if (method === 'POST') headers['idempotency-key'] = randomKey()
    const init: RequestInit = { method, headers }
    if (content !== undefined) init.body = content.body
    if (signal !== undefined) init.signal = signal
    const response = await deps.fetch(`/api/v1${path}`, init).catch((error: unknown) => {
      if (signal?.aborted === true) throw error
      throw new ProblemError(unreachableProblem())
    })
    if (response.ok) return response
    if (response.status === 401) deps.onUnauthorized()
    throw new ProblemError(await problemOf(response))
  }
  return {
    get: async (path, query, signal) => (await send('GET', path + queryString(query), undefined, signal)).json(),
    open: (path, query, signal) => send('GET', path + queryString(query), undefined, signal),
    post: async (path, body) => (await send('POST', path, json(body))).json(),
    upload: async (path, file, type) => (await send('POST', path, { type, body: file })).json(),
    patch: async (path, body) => (await send('PATCH', path, json(body))).json(),
    put: async (path, body) => (await send('PUT', path, json(body))).json(),
    delete: async (path) => {
      await send('DELETE', path)
    },
  }
}

/** `crypto.randomUUID` exists on secure origins only, and a gateway in a private network may be plain HTTP. */
function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
