import { z } from 'zod'

const zCursor = z.object({
  after: z.string().optional(),
  done: z.int(),
  measured: z.int(),
  failed: z.int(),
  statements: z.int(),
  bytes: z.number(),
  /** Left out because a budget was used up. */
  left: z.int(),
  beganAt: z.number(),
})
/** Where measuring stands, and what of its budgets it has used: they are the job's, not an attempt's. */
export type CaptureCursor = z.output<typeof zCursor>

export const writeCaptureCursor = (cursor: CaptureCursor): string => JSON.stringify(cursor)

/** The start, for the first attempt. */
export function readCaptureCursor(text: string | undefined): CaptureCursor {
  if (text !== undefined) return zCursor.parse(JSON.parse(text))
  return { done: 0, measured: 0, failed: 0, statements: 0, bytes: 0, left: 0, beganAt: Date.now() }
}
