import { scheduleAspects, topics, type Question } from '@plumbline/analysis'
import { assetKinds, freshnessStates, jobStatuses, jobTypes, triggerKinds } from '@plumbline/workflows'
import { z } from 'zod'

const zTime = z.object({ from: z.coerce.date(), to: z.coerce.date(), words: z.string() })
const zNamed = z.object({ id: z.string(), name: z.string() })

/** A question as a conversation keeps it; one that an older version kept in another form is forgotten. */
const zQuestion = z.object({
  topic: z.enum(topics),
  types: z.array(z.enum(jobTypes)),
  statuses: z.array(z.enum(jobStatuses)),
  unresolved: z.boolean().exactOptional(),
  time: zTime.exactOptional(),
  before: zTime.exactOptional(),
  asset: zNamed.extend({ kind: z.enum(assetKinds) }).exactOptional(),
  connection: zNamed.exactOptional(),
  schedule: zNamed.exactOptional(),
  actor: z.string().exactOptional(),
  trigger: z.enum(triggerKinds).exactOptional(),
  by: z.enum(['type', 'asset', 'actor', 'day']).exactOptional(),
  action: z.enum(['cancelled', 'started']).exactOptional(),
  figure: z.enum(['average', 'median', 'p95']).exactOptional(),
  limit: z.int().exactOptional(),
  jobId: z.string().exactOptional(),
  states: z.array(z.enum(freshnessStates)).exactOptional(),
  aspect: z.enum(scheduleAspects).exactOptional(),
}) satisfies z.ZodType<Question>

export const keptQuestion = (kept: unknown): Question | undefined => zQuestion.safeParse(kept).data
