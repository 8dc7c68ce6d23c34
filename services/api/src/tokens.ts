import { z } from 'zod'
import { roles } from './audit.ts'
import { zId, zPage, zTime, zTimeInput } from './primitives.ts'

export const zToken = z.object({
  id: zId,
  name: z.string().describe('Who acts by it, as the audit says'),
  role: z.enum(roles),
  createdAt: zTime,
  createdBy: z.string().nullable().describe('Null for a token that the installation made'),
  expiresAt: zTime.nullable(),
  lastUsedAt: zTime.nullable().describe('To the minute'),
  current: z.boolean().describe('The one that asks'),
})
export type Token = z.infer<typeof zToken>
export const zTokenPage = zPage(zToken)

export const zCreateToken = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles),
  expiresAt: zTimeInput.nullish().describe('In the future; without it the token is valid until it is deleted'),
})
export type CreateToken = z.input<typeof zCreateToken>

export const zNewToken = zToken.extend({
  token: z.string().nullable().describe('Shown this once; null where the answer is repeated for an Idempotency-Key'),
})
export type NewToken = z.infer<typeof zNewToken>
