import { logLevels } from '@plumbline/workflows'
import { z } from 'zod'
import { zFlag, zId, zPage, zPageQuery, zTime } from './primitives.ts'

/** One line of what a job logged; secrets were taken out before it was written. */
export const zLogLine = z.object({
  id: zId,
  at: zTime,
  level: z.enum(logLevels),
  step: z.string().nullable(),
  attempt: z.int().nullable().describe('Of the step: an automatic retry counts up'),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()),
})
export type LogLine = z.infer<typeof zLogLine>
export const zLogPage = zPage(zLogLine)

export const zLogQuery = zPageQuery.extend({
  level: z.enum(logLevels).optional().describe('This level and what is more severe'),
  step: z.string().max(100).optional(),
  q: z.string().trim().min(1).max(200).optional().describe('Part of the message'),
  order: z.enum(['asc', 'desc']).default('asc'),
  follow: zFlag
    .optional()
    .describe('A stream of server-sent events `log`, from the first line on, until the job has ended'),
  download: zFlag.optional().describe('All of it as one text file'),
})
export type LogQuery = z.input<typeof zLogQuery>
