import {
  connectionKind,
  connectionKinds,
  type ConnectionKind,
  type DefinitionOf,
  type KindDefinition,
} from '@plumbline/connectors/kinds'
import { z } from 'zod'
import { zId, zPage, zPageQuery, zTime } from './primitives.ts'

export { sslModes } from '@plumbline/connectors/kinds'

const zName = z.string().trim().min(1).max(100)
const zMaxConcurrentJobs = z.int().min(1).max(100)

/** A connection as it is added: secrets go in and never come out. */
export type CreateConnection = { [Kind in ConnectionKind]: CreateConnectionOf<Kind> }[ConnectionKind]
/** One of a single kind. */
export interface CreateConnectionOf<Kind extends ConnectionKind> {
  name: string
  kind: Kind
  settings: z.input<DefinitionOf<Kind>['settings']>
  credentials: z.input<DefinitionOf<Kind>['credentials']>
  maxConcurrentJobs?: number
}

const createOf = (kind: ConnectionKind) => {
  const { settings, credentials, credentialProblems }: KindDefinition = connectionKind(kind)
  return z
    .strictObject({
      name: zName,
      kind: z.literal(kind),
      settings,
      credentials,
      maxConcurrentJobs: zMaxConcurrentJobs.default(4),
    })
    .superRefine((given, context) => {
      for (const { path, message } of credentialProblems(given.settings, given.credentials))
        context.addIssue({ code: 'custom', path: ['credentials', path], message })
    })
}

const [firstKind, ...otherKinds] = connectionKinds.map(createOf)
if (!firstKind) throw new TypeError('there is no kind of connection')

/** What each kind has is in its folder of the connectors. */
export const zCreateConnection = z.discriminatedUnion('kind', [firstKind, ...otherKinds])
export type CreateConnectionInput = z.input<typeof zCreateConnection>

/** Its settings and credentials are of the kind of the connection, which the request does not name: they are parsed where it is known. */
export const zUpdateConnection = z.strictObject({
  name: zName.optional(),
  settings: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('As the kind of the connection has them. Merged into what is there; null takes away what may be missing'),
  credentials: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('As the kind of the connection has them. They replace all that were there'),
  maxConcurrentJobs: zMaxConcurrentJobs.optional(),
  paused: z.boolean().optional().describe('While paused no job of it begins; those that run go on'),
})
export type UpdateConnection = z.input<typeof zUpdateConnection>

export const zConnection = z.object({
  id: zId,
  name: z.string(),
  kind: z.enum(connectionKinds),
  settings: z.record(z.string(), z.unknown()),
  maxConcurrentJobs: z.int(),
  paused: z.boolean(),
  rootAssetId: zId.describe('The asset of kind database that discovery starts from'),
  createdAt: zTime,
  updatedAt: zTime,
})
export type Connection = z.infer<typeof zConnection>
export const zConnectionPage = zPage(zConnection)
export const zConnectionListQuery = zPageQuery

export const zConnectionTest = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), message: z.string(), hint: z.string().optional() })),
})
export type ConnectionTest = z.infer<typeof zConnectionTest>
