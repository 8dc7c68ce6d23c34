import { Readable } from 'node:stream'
import { claimKey, keepAnswer, releaseKey, type KeyedRequest } from '@plumbline/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import type { App } from '../routes/app.ts'
import { nameResource, organizationOf } from './identity.ts'
import { invalidField, ProblemError } from './problem.ts'

const maxKeyLength = 200
const first = new WeakMap<FastifyRequest, KeyedRequest>()

/**
 * A POST with an `Idempotency-Key` is carried out once: sent again within a day it gets the same answer. An answer that failed
 * on our side is not kept, so that the same key may be tried again; so may one whose gateway was lost in the middle: what
 * it makes has an id that was fixed before, and is found instead of made twice. An answer that cannot be kept is not given.
 */
export function repeatAnswers(app: App, { db, sealer, log }: Pick<Deps, 'db' | 'sealer' | 'log'>): void {
  app.addHook('preHandler', async (request, reply) => {
    const keyed = keyedRequest(request, sealer)
    if (!keyed) return
    const claim = await claimKey(db, keyed)
    switch (claim.kind) {
      case 'first':
        first.set(request, keyed)
        nameResource(request, claim.resourceId)
        return
      case 'in-flight':
        throw new ProblemError('request-in-flight', 'The first request with this Idempotency-Key has no answer yet', {
          retryAfterSeconds: 1,
        })
      case 'other-request':
        throw new ProblemError('idempotency-key-reused', 'This Idempotency-Key was used with another path or body', {
          errors: [{ path: 'headers.idempotency-key', message: 'was used with another path or body' }],
        })
      case 'answered':
        return repeat(reply, claim)
    }
  })
  /** Where the record is away, the key is free after a minute by itself. */
  const release = async (keyed: KeyedRequest) => {
    try {
      await releaseKey(db, keyed)
    } catch (error) {
      log.warn({ err: error }, 'the key of a request that failed was not released')
    }
  }
  app.addHook('onSend', async (request, reply, payload) => {
    const keyed = first.get(request)
    if (!keyed) return
    if (reply.statusCode >= 500) await release(keyed)
    else await keepAnswer(db, keyed, { status: reply.statusCode, body: keptBody(request, payload) })
  })
}

function keptBody(request: FastifyRequest, payload: unknown): string {
  if (typeof payload !== 'string') return ''
  const { secretField } = request.routeOptions.config
  if (secretField === undefined) return payload
  return JSON.stringify(JSON.parse(payload), (name, value: unknown) => (name === secretField ? null : value))
}

function keyedRequest(request: FastifyRequest, sealer: Deps['sealer']): KeyedRequest | undefined {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || key === undefined) return undefined
  if (typeof key !== 'string' || key === '' || key.length > maxKeyLength) {
    throw invalidField('headers.idempotency-key', `must have 1 to ${maxKeyLength} characters`)
  }
  // A streamed body is not there yet: of it only the length can be compared.
  const body = request.body instanceof Readable ? request.headers['content-length'] : request.body
  const content = JSON.stringify([request.url, body ?? null])
  return { organizationId: organizationOf(request), key, hash: sealer.digest(content) }
}

/** The answer is text already: it must not go through the route's serializer again. */
function repeat(reply: FastifyReply, { status, body }: { status: number; body: string }): FastifyReply {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return reply
    .code(status)
    .header('idempotent-replayed', 'true')
    .type(`${type}; charset=utf-8`)
    .serializer((text: string) => text)
    .send(body)
}
