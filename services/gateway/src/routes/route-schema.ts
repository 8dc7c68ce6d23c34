import { zId, zProblem } from '@plumbline/api'
import { z } from 'zod'

export const idParams = z.strictObject({ id: zId })

/** Which problems a route may answer with is the same everywhere; the page of the API lists them once a route. */
const problems = { '4xx': zProblem.describe('What is wrong and what to do'), '5xx': zProblem }

/** A body of one kind, or one that depends on what was asked for. */
type Answer = z.ZodType | { content: Record<string, { schema: z.ZodType }> }

/** A route's schema with what the API's page shows of it. */
export const tagged =
  (tag: string) =>
  <Schema extends { response: Record<number, Answer> }>(summary: string, schema: Schema) => ({
    ...schema,
    response: { ...problems, ...schema.response },
    tags: [tag],
    summary,
    security: [{ token: [] }],
  })
