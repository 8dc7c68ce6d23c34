import { describe, expect, it, vi } from 'vitest'
import { createHttp, queryString } from './http.ts'
import { ProblemError } from './problem.ts'

/** An HTTP client over a server that is a function. */
function clientOf(serve: (request: Request) => Response | Promise<Response>) {
  const onUnauthorized = vi.fn<() => void>()
  const requests: Request[] = []
  const http = createHttp({
    fetch: async (input, init) => {
      const request = new Request(typeof input === 'string' ? new URL(input, 'http://page') : input, init)
      requests.push(request)
      return serve(request)
    },
    token: () => 'pl_abc',
    onUnauthorized,
  })
  return { http, requests, onUnauthorized }
}

describe('queryString', () => {
  it('repeats lists and leaves undefined out', () => {
    expect(queryString({ a: 1, b: ['x', 'y'], c: undefined, d: false })).toBe('?a=1&b=x&b=y&d=false')
    expect(queryString({ c: undefined, e: [] })).toBe('')
  })
})

describe('createHttp', () => {
  it('asks below /api/v1 with the token', async () => {
    const { http, requests } = clientOf(() => Response.json({ ok: true }))
    expect(await http.get('/jobs', { q: 'x y' })).toEqual({ ok: true })
    expect(requests[0]?.url).toBe('http://page/api/v1/jobs?q=x+y')
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer pl_abc')
    expect(requests[0]?.headers.get('idempotency-key')).toBeNull()
  })

  it('gives every POST a key of its own', async () => {
    const { http, requests } = clientOf(() => Response.json({}, { status: 201 }))
    await http.post('/jobs', { type: 'x' })
    await http.post('/jobs', { type: 'x' })
    const keys = requests.map((request) => request.headers.get('idempotency-key'))
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[1]).not.toBe(keys[0])
    expect(await requests[0]?.json()).toEqual({ type: 'x' })
  })

  it('sends a file as what it is', async () => {
    const { http, requests } = clientOf(() => Response.json({ imported: 1 }))
    await http.upload('/jobs/import', new Blob(['{"id":1}\n']), 'application/x-ndjson')
    expect(requests[0]?.headers.get('content-type')).toBe('application/x-ndjson')
    expect(requests[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
    expect(await requests[0]?.text()).toBe('{"id":1}\n')
  })

  it('throws the problem of a refusal', async () => {
    const problem = { code: 'job-already-active', title: 't', detail: 'd', status: 409, type: '', requestId: 'r' }
    const { http, onUnauthorized } = clientOf(() => Response.json(problem, { status: 409 }))
    await expect(http.post('/jobs', {})).rejects.toThrow(expect.objectContaining({ problem }))
    expect(onUnauthorized).not.toHaveBeenCalled()
  })

  it('reports a token that is not accepted', async () => {
    const { http, onUnauthorized } = clientOf(() => new Response(null, { status: 401 }))
    await expect(http.delete('/connections/1')).rejects.toBeInstanceOf(ProblemError)
    expect(onUnauthorized).toHaveBeenCalledOnce()
  })

  it('says that the gateway is away, but lets an abort be an abort', async () => {
    const { http } = clientOf(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(http.get('/me')).rejects.toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'gateway-unreachable' }) }),
    )
    await expect(http.get('/me', {}, AbortSignal.abort())).rejects.toThrow('Failed to fetch')
  })
})
