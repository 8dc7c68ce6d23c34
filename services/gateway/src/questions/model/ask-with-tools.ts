import { randomBytes } from 'node:crypto'
import type { Refusal } from '@plumbline/analysis'
import { asData, languageModelOf, ModelCallError, type ModelSettings } from '@plumbline/models'
import type { FinishReason, LanguageModelUsage, ModelMessage, ToolSet } from 'ai'
import { z } from 'zod'
import { questionTools } from '../tools/question-tools.ts'
import { runQuestionTool, type ToolCaller, type ToolOutcome } from '../tools/run-question-tool.ts'
import { faultIn } from './checked-words.ts'
import { instructions, repairOf } from './model-instructions.ts'
import { sourceOf, toldResult } from './told-result.ts'

/** Calls of the model in a round, each with what the tools returned before. */
const mostSteps = 6
/** Words, calls of tools, and what some models think before. */
const mostOutputTokens = 4_000
/** What a call is taken for whose end, or whose usage, is not told. */
export const tokensOfACall = 4_000

/** Whose questions are answered: `my` means what they started. */
export type ModelCaller = ToolCaller & { actor: string }

export interface AskedOfModel {
  question: string
  /** The question before, as it was understood. */
  before: string | undefined
}

export type LookedUp = Extract<ToolOutcome, { kind: 'answered' }>

/** `unusable`: why, for whoever asked. */
export type ModelOutcome =
  | { kind: 'answered'; text: string; results: [LookedUp, ...LookedUp[]] }
  | { kind: 'declined'; reason: Refusal['kind'] }
  | { kind: 'unusable'; why: string }

interface Asking {
  settings: ModelSettings
  caller: ModelCaller
  signal: AbortSignal
  /** Told of each call what it came to. */
  onTokens: (tokens: number) => void
}

/** The record could not be read: nothing that a model, or its provider, is told more of. */
class RecordUnread extends Error {
  override readonly name = 'RecordUnread'
}

/**
 * Has a model answer a question by the tools of questions, and checks what it says; what cannot be sent is sent back once with what was
 * wrong. Nothing is asked twice by itself: rules can answer at once.
 *
 * @throws ModelCallError, or what the SDK throws, when it could not be asked
 */
export async function askWithTools(
  { settings, caller, signal, onTokens }: Asking,
  asked: AskedOfModel,
): Promise<ModelOutcome> {
  const [sdk, model] = await Promise.all([import('ai'), languageModelOf(settings)])
  // What the SDK thinks of a provider's abilities goes to nobody's console.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false })
  const found = new Findings()
  const tools = toolsFor(sdk, caller, found)
  let messages: ModelMessage[] = [{ role: 'user', content: promptOf(asked, caller) }]
  for (const round of ['first', 'repair'] as const) {
    const stream = sdk.streamText({
      model,
      instructions,
      messages,
      tools,
      stopWhen: [sdk.isStepCount(mostSteps), sdk.hasToolCall('decline')],
      maxOutputTokens: Math.min(settings.maxOutputTokens, mostOutputTokens),
      maxRetries: 0,
      abortSignal: signal,
      timeout: { firstChunkMs: settings.timeoutMs, chunkMs: settings.stallMs },
      onError: () => undefined,
    })
    const said = await read(stream.fullStream, onTokens)
    if (found.declined) return { kind: 'declined', reason: found.declined }
    if (said.finishReason === 'content-filter') return { kind: 'unusable', why: 'it refused' }
    if (said.finishReason === 'tool-calls') return { kind: 'unusable', why: 'it came to no answer' }
    const fault = said.finishReason === 'length' ? 'it was cut off' : found.faultOf(said.text, asked.question)
    const [first, ...rest] = found.results
    if (fault === undefined && first) return { kind: 'answered', text: said.text.trim(), results: [first, ...rest] }
    const why = fault ?? 'it looked nothing up'
    if (round === 'repair') return { kind: 'unusable', why }
    // Asked for earlier, it would be a rejection that nobody handles where the stream fails.
    messages = [...messages, ...(await stream.responseMessages), { role: 'user', content: repairOf(why) }]
  }
  throw new Error('there are two rounds')
}

/** What the tools of one question returned. */
class Findings {
  readonly results: LookedUp[] = []
  declined: Refusal['kind'] | undefined

  faultOf(text: string, question: string): string | undefined {
    const sources = this.results.map((result) => sourceOf(toldResult(result.answer), result.question))
    return faultIn(text, question, sources)
  }
}

/** The tools of questions, and the one by which a model declines. */
function toolsFor(sdk: Pick<typeof import('ai'), 'tool'>, caller: ModelCaller, found: Findings): ToolSet {
  const lookUps = questionTools.map((tool) => [
    tool.name,
    sdk.tool({
      description: tool.description,
      inputSchema: tool.input,
      async execute(input: unknown) {
        const outcome = await runQuestionTool(caller, tool, input).catch((error: unknown) => {
          throw new RecordUnread('The record could not be read', { cause: error })
        })
        if (outcome.kind === 'refused') return asData({ refused: outcome.message })
        found.results.push(outcome)
        return asData(toldResult(outcome.answer))
      },
    }),
  ])
  const decline = sdk.tool({
    description: 'Declines the question, instead of an answer.',
    inputSchema: z.strictObject({ reason: z.enum(['action', 'secret', 'out-of-scope']) }),
    execute({ reason }) {
      found.declined = reason
      return 'declined'
    },
  })
  return { ...Object.fromEntries(lookUps), decline }
}

/** The question stands between two marks that nobody can foresee. */
function promptOf({ question, before }: AskedOfModel, { timezone, actor }: ModelCaller): string {
  const mark = `QUESTION-${randomBytes(12).toString('hex')}`
  return [
    `It is ${new Date().toISOString()}; the person's time zone is ${timezone}, and "my" means what ${asData(actor)} started.`,
    ...(before === undefined ? [] : [`The question before was understood as: ${asData(before)}`]),
    `The question stands between the two lines ${mark}.`,
    mark,
    asData(question),
    mark,
  ].join('\n')
}

type Stream = ReturnType<(typeof import('ai'))['streamText']>['fullStream']

/** What the last call says. A call that breaks off is counted, too: its provider does so. */
async function read(
  stream: Stream,
  onTokens: (tokens: number) => void,
): Promise<{ text: string; finishReason: FinishReason }> {
  let text = ''
  let isOpen = false
  try {
    for await (const part of stream) {
      if (part.type === 'start-step') text = ''
      if (part.type === 'text-delta') text += part.text
      if (part.type === 'error') throw part.error
      if (part.type === 'tool-error' && part.error instanceof RecordUnread) throw part.error
      if (part.type === 'abort') throw new ModelCallError('transient', 'The answer took too long')
      if (part.type === 'finish' && wholeReasons.includes(part.finishReason))
        return { text, finishReason: part.finishReason }
      isOpen ||= part.type === 'text-delta' || part.type === 'tool-input-start' || part.type === 'reasoning-delta'
      if (part.type !== 'finish-step') continue
      isOpen = false
      onTokens(tokensOf(part.usage))
    }
    throw new ModelCallError('transient', 'The answer broke off')
  } finally {
    if (isOpen) onTokens(tokensOfACall)
  }
}

const wholeReasons: readonly FinishReason[] = ['stop', 'length', 'content-filter', 'tool-calls']

/** Some servers do not tell. */
const tokensOf = ({ inputTokens = 0, outputTokens = 0 }: LanguageModelUsage): number =>
  inputTokens + outputTokens || tokensOfACall
