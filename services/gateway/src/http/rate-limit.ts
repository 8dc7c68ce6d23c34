import rateLimit from '@fastify/rate-limit'
import type { App } from '../routes/app.ts'
import { identityOf } from './identity.ts'
import { ProblemError } from './problem.ts'

const windowMs = 60_000

/**
 * Lets each token make so many requests a minute; a stream is one. Counted in this process: several gateways allow as many each.
 * To be registered after the hook that authenticates, whose outcome is the key. 0: no limit.
 */
export async function limitRates(api: App, perMinute: number): Promise<void> {
  if (perMinute === 0) return
  await api.register(rateLimit, {
    max: perMinute,
    timeWindow: windowMs,
    keyGenerator: (request) => identityOf(request).tokenId,
    errorResponseBuilder: (_request, { max, after }) =>
      new ProblemError('rate-limited', `A token may make ${max} requests a minute; try again in ${after}`),
  })
}
