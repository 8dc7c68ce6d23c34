import type { Question } from '@plumbline/analysis'
import type { Database } from '@plumbline/store'
import type { JobStatus } from '@plumbline/workflows'
import type { ViewContext } from '../../jobs/job-view.ts'
import { answerOf, type QuestionAnswer } from '../answer-of.ts'
import { momentText } from '../plain-text.ts'
import { partsNamed } from './parts-named.ts'
import { zToolInput, type QuestionTool, type ToolInput } from './question-tools.ts'

/** Who asks, and with what. */
export interface ToolCaller {
  db: Database
  organizationId: string
  timezone: string
  context: ViewContext
}

/** `refused`: with what to ask instead. */
export type ToolOutcome =
  | { kind: 'answered'; answer: QuestionAnswer; question: Question }
  | { kind: 'refused'; message: string }

/** Statuses that a tool is about, whatever is asked. */
const ownStatuses: Partial<Record<QuestionTool['name'], JobStatus[]>> = {
  failures_by_cause: ['failed'],
  explain_failure: ['failed'],
  active_jobs: ['pending', 'running'],
  queue: ['pending'],
}

/** Answers a tool's question from the record of the caller's organization. @param asked as the tool's schema has it */
export async function runQuestionTool(caller: ToolCaller, tool: QuestionTool, asked: unknown): Promise<ToolOutcome> {
  const parsed = tool.input.safeParse(asked)
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`)
    return { kind: 'refused', message: issues.join('; ') }
  }
  const timezone = timezoneOf(parsed.data, caller.timezone)
  if (timezone === undefined) return { kind: 'refused', message: 'timezone: there is no such time zone' }
  const input = zToolInput.parse(parsed.data)
  const now = new Date()
  const times = timesOf(input, timezone, now)
  if (typeof times === 'string') return { kind: 'refused', message: times }
  const named = await partsNamed(caller, input)
  if (named.kind === 'refused') return named
  const { by, action, limit, states, aspect, jobId } = input
  const question: Question = {
    topic: tool.topic,
    types: input.types ?? [],
    statuses: jobId === undefined ? (ownStatuses[tool.name] ?? input.statuses ?? []) : [],
    ...times,
    ...named.parts,
    ...(by && { by }),
    ...(action && { action }),
    ...(limit !== undefined && { limit }),
    ...(states && { states }),
    ...(aspect && { aspect }),
    ...(jobId !== undefined && { jobId }),
  }
  const answer = await answerOf(caller.db, caller.organizationId, question, { timezone, now, context: caller.context })
  return { kind: 'answered', answer, question }
}

function timezoneOf(data: Record<string, unknown>, usual: string): string | undefined {
  const { timezone = usual } = data
  try {
    return new Intl.DateTimeFormat('en', { timeZone: String(timezone) }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** A beginning is as old as the record can be; an end is now, or the end of what is to come. */
function timesOf(input: ToolInput, timezone: string, now: Date): Pick<Question, 'time' | 'before'> | string {
  const { from, to, beforeFrom, beforeTo } = input
  const stretch = (begin: string | undefined, end: string | undefined) => {
    const first = new Date(begin ?? Date.UTC(2000, 0))
    const last = end === undefined ? (first > now ? new Date(first.getTime() + yearMs) : now) : new Date(end)
    const words = `from ${momentText(first, timezone)} to ${momentText(last, timezone)}`
    return { from: first, to: last, words: begin === undefined ? `until ${momentText(last, timezone)}` : words }
  }
  const time = from === undefined && to === undefined ? undefined : stretch(from, to)
  const before = beforeFrom === undefined ? undefined : stretch(beforeFrom, beforeTo)
  if ([time, before].some((one) => one && one.from >= one.to)) return 'A time must begin before it ends'
  return { ...(time && { time }), ...(before && { before }) }
}
const yearMs = 366 * 86_400_000
