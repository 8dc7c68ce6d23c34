/** One turn of what is asked. */
export interface ModelMessage {
  role: 'user' | 'assistant'
  content: string
}

export interface ModelQuestion {
  /** What is ours: never a word that comes from a source. */
  instructions: string
  messages: ModelMessage[]
}

export interface ModelAnswer {
  text: string
  /** `stop`; `length`: it was cut at the most tokens; `content-filter`: the provider refused. */
  finishReason: 'stop' | 'length' | 'content-filter'
  inputTokens: number
  outputTokens: number
}

/** A language model behind its provider's protocol. */
export interface Model {
  /** With the provider, as it is shown and as answers are kept by: `anthropic/claude-sonnet-4-5`. */
  readonly id: string
  /** @throws ModelCallError; what the signal is aborted with */
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelAnswer>
}

/**
 * Why a question has no answer. `limited`: too many questions, ask again after `retryAfterMs`. `transient`: the server failed, was
 * too slow, or the answer broke off. `rejected`: this question cannot be asked. `refused`: no question can (key, model, address).
 */
export type CallFailure = 'limited' | 'transient' | 'rejected' | 'refused'

export class ModelCallError extends Error {
  override readonly name = 'ModelCallError'
  readonly failure: CallFailure
  /** As the server asked for; undefined where it did not. */
  readonly retryAfterMs: number | undefined

  constructor(failure: CallFailure, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.failure = failure
    this.retryAfterMs = options.retryAfterMs
  }
}

/** No table can be described, or none any more. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: 'model-refused' | 'model-unavailable'

  constructor(code: 'model-refused' | 'model-unavailable', message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
