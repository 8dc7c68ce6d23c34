import { z } from 'zod'
import { zId, zTime } from './primitives.ts'
import { zTimezone } from './time-zone.ts'

const engines = ['rules', 'model'] as const

export const zAsk = z.strictObject({
  question: z.string().trim().min(1).max(1_000),
  conversationId: zId.optional().describe('Of the answer before: then `and yesterday?` is understood'),
  timezone: zTimezone.default('UTC').describe('Of the asker: when a day begins'),
  engine: z
    .enum(engines)
    .optional()
    .describe('Who is to answer. Left out: rules, and what they do not understand the language model, if there is one'),
})
export type Ask = z.output<typeof zAsk>
export type AskInput = z.input<typeof zAsk>

const zCell = z.union([z.string(), z.number(), z.null()])

export const zAskAnswer = z.object({
  conversationId: zId,
  answer: z.string().describe('Markdown'),
  jobs: z.array(zId).describe('Best first'),
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(zCell)) }).optional(),
  chart: z
    .object({
      kind: z.enum(['bar', 'line']),
      x: z.array(z.string()),
      series: z.array(z.object({ name: z.string(), values: z.array(z.number().nullable()) })),
    })
    .optional(),
  interpretation: z.object({
    text: z.string().describe('The question as it was understood'),
    query: z.string().describe('The call of this API that shows the same jobs'),
    link: z.string().describe('The page that shows them'),
  }),
  choices: z.array(z.string()).optional().describe('Whole questions, of which one may be meant'),
  suggestions: z.array(z.string()).describe('What may be asked next'),
  declined: z.boolean(),
  dataAsOf: zTime,
  engine: z.enum(engines),
  model: z.string().optional().describe('Which model wrote the words, with its provider'),
  note: z.string().optional().describe('Why rules answered, where the model was to'),
})
export type AskAnswer = z.infer<typeof zAskAnswer>

export const zQuestionEngines = z.object({
  engines: z.array(z.enum(engines)),
  model: z.string().nullable().describe('The language model, with its provider; null where there is none'),
})
export type QuestionEngines = z.infer<typeof zQuestionEngines>
