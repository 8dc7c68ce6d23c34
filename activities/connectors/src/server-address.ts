import { z } from 'zod'

/** Where a warehouse is reached when not where everybody reaches it: encrypted, or on this machine. */
export const zServerAddress = z
  .string()
  .trim()
  .max(1_000)
  .regex(/^(https:\/\/[\w.-]+(:\d+)?|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)\/?$/, 'must be an https:// address')
