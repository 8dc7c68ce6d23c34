import { callErrorOf, languageModelOf, ModelCallError, type ModelSettings } from '@plumbline/models'
import { zAnswer } from './answer.ts'
import type { Model, ModelAnswer } from './model.ts'

/**
 * The model of the settings, through the Vercel AI SDK. Both are loaded here and only when the first table is described, so that other
 * workers do not pay for them. Repeating is the caller's business: the SDK would repeat what is not in the ledger.
 */
export async function openModel(settings: ModelSettings): Promise<Model> {
  const [sdk, languageModel] = await Promise.all([import('ai'), languageModelOf(settings)])
  // What the SDK thinks of a provider's abilities goes to nobody's console.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false })
  const output = sdk.Output.object({ schema: zAnswer })
  const { timeoutMs, stallMs, maxOutputTokens } = settings
  return {
    id: `${settings.provider}/${settings.model}`,
    async ask({ instructions, messages }, signal) {
      try {
        const { fullStream } = sdk.streamText({
          model: languageModel,
          instructions,
          messages,
          output,
          maxOutputTokens,
          maxRetries: 0,
          abortSignal: signal,
          timeout: { totalMs: timeoutMs, firstChunkMs: timeoutMs, chunkMs: stallMs },
          onError: () => undefined,
        })
        return await read(fullStream)
      } catch (error) {
        signal.throwIfAborted()
        throw callErrorOf(error)
      }
    },
  }
}

type Stream = ReturnType<(typeof import('ai'))['streamText']>['fullStream']

/** Puts the answer together. One that ends without saying that it is whole was cut on its way. */
async function read(stream: Stream): Promise<ModelAnswer> {
  let text = ''
  for await (const part of stream) {
    if (part.type === 'text-delta') text += part.text
    if (part.type === 'error') throw part.error
    if (part.type === 'abort') throw new ModelCallError('transient', 'The answer took too long')
    if (part.type !== 'finish') continue
    const { finishReason, totalUsage } = part
    if (finishReason !== 'stop' && finishReason !== 'length' && finishReason !== 'content-filter')
      throw new ModelCallError('transient', `The answer broke off (${finishReason})`)
    const { inputTokens = 0, outputTokens = 0 } = totalUsage
    return { text, finishReason, inputTokens, outputTokens }
  }
  throw new ModelCallError('transient', 'The answer broke off')
}
