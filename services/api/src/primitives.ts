import { z } from 'zod'

/** Ids are opaque: their form is the server's business, an unknown one is a 404. */
export const zId = z.string().min(1).max(200)

/** RFC 3339 in UTC, with milliseconds. */
export const zTime = z.iso.datetime()

/** A time as a client may send it: with any offset. */
export const zTimeInput = z.iso.datetime({ offset: true })

/** `90s`, `15m`, `1h`, `2d` */
export const zDuration = z.string().regex(/^[1-9]\d{0,5}[smhd]$/, 'must be a number with s, m, h or d, as 15m or 1h')

/** A query parameter that may be given several times: one value becomes a list of one. */
export const repeatable = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).optional())

export const zFlag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** A whole number of the query, which is text; whatever is wrong with it, the text says which there may be. */
export function zWholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`
  return z.coerce.number({ error }).int({ error, abort: true }).min(least, { error }).max(most, { error })
}

export const zPageQuery = z.strictObject({
  limit: zWholeNumber(1, 200).default(50),
  cursor: z.string().min(1).max(2000).optional().describe('`nextCursor` of the page before, with the same filter'),
})

/** A page of a list; `nextCursor` is null on the last. */
export const zPage = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const zProblem = z.object({
  type: z.string(),
  status: z.int(),
  code: z.string().describe('Stable: programs may rely on it'),
  title: z.string(),
  detail: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  existingJobId: zId.optional().describe('With `job-already-active`: the job that is active'),
})
export type Problem = z.infer<typeof zProblem>
