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

/** No table can be described, or none any more. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: 'model-refused' | 'model-unavailable'

  constructor(code: 'model-refused' | 'model-unavailable', message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
