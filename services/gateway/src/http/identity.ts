import { roles, type Role } from '@plumbline/api'
import { identify, type Actor, type Database, type Identity } from '@plumbline/store'
import type { FastifyRequest } from 'fastify'
import { ProblemError } from './problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least role that may call the route; without it `viewer` for GET, `operator` for all else. */
    role?: Role
    /** A field of the answer that is shown once and kept nowhere. */
    secretField?: string
  }
}

const identities = new WeakMap<FastifyRequest, Identity>()
const resourceIds = new WeakMap<FastifyRequest, string>()

/** Checks the token and the role of every request below /api/v1, before anything of it is parsed. */
export function authenticate(db: Database) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = bearerToken(request.headers.authorization ?? '')
    const identity = token === undefined ? undefined : await identify(db, token)
    if (!identity) throw new ProblemError('unauthorized', 'The Authorization header carries no valid token')
    const needed = roleOf(request.routeOptions.config.role, request.method)
    if (roles.indexOf(identity.role) < roles.indexOf(needed)) {
      throw new ProblemError('forbidden', `This needs the role ${needed}; the token has ${identity.role}`)
    }
    identities.set(request, identity)
  }
}

/** The least role that may call a route. */
export const roleOf = (own: Role | undefined, method: string): Role => own ?? (method === 'GET' ? 'viewer' : 'operator')

/** RFC 9110: the case of the scheme does not matter, and any number of spaces follows it. */
const bearerToken = (authorization: string): string | undefined => /^bearer +(\S+)$/i.exec(authorization)?.[1]

export function identityOf(request: FastifyRequest): Identity {
  const identity = identities.get(request)
  if (!identity) throw new ProblemError('unauthorized', 'The request was not authenticated')
  return identity
}

export const organizationOf = (request: FastifyRequest): string => identityOf(request).organizationId

/** Says which id the thing has that this request makes. */
export const nameResource = (request: FastifyRequest, id: string): void => void resourceIds.set(request, id)

export function actorOf(request: FastifyRequest): Actor {
  const { organizationId, actor } = identityOf(request)
  const resourceId = resourceIds.get(request)
  return { organizationId, name: actor, requestId: request.id, ...(resourceId !== undefined && { resourceId }) }
}
