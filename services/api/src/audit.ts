import { auditActions, auditTargets } from '@plumbline/workflows'
import { z } from 'zod'
import { zId, zPage, zPageQuery, zTime, zTimeInput } from './primitives.ts'

export const zAuditEntry = z.object({
  id: zId,
  at: zTime,
  actor: z.string(),
  action: z.enum(auditActions),
  target: z.object({
    kind: z.enum(auditTargets),
    id: zId,
    name: z
      .string()
      .nullable()
      .describe('As it is called now, or was last; null where it has no name, or is not known any more'),
  }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  reason: z.string().nullable(),
  requestId: z.string(),
})
export type AuditEntry = z.infer<typeof zAuditEntry>
export const zAuditPage = zPage(zAuditEntry)
export const zAuditQuery = zPageQuery.extend({
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  targetId: zId.optional(),
  since: zTimeInput.optional(),
})

export const roles = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]
export const zMe = z.object({
  actor: z.string(),
  role: z.enum(roles),
  organization: z.object({ id: zId, name: z.string() }),
  version: z.string(),
  temporalUi: z.string(),
})
export type Me = z.infer<typeof zMe>
