export const modelProviders = ['openai-compatible', 'anthropic', 'google'] as const
type ModelProvider = (typeof modelProviders)[number]

/** Which model a process asks, and how much at once; from its environment. */
export interface ModelSettings {
  provider: ModelProvider
  model: string
  /** Of any OpenAI-compatible server, with its version: `http://127.0.0.1:11434/v1`; undefined: the provider's own. */
  baseUrl: string | undefined
  /** Read when the model is opened; never logged. */
  apiKey: () => string | undefined
  /** How the form of the answer is asked for: by its JSON schema, or as any JSON where a server knows no schemas. */
  output: 'schema' | 'json'
  /** US dollars for a million tokens; 0: not known, and nothing is counted. */
  inputPrice: number
  outputPrice: number
  /** Questions on their way at once, of all that the process does. */
  concurrency: number
  /** 0: no limit. */
  requestsPerMinute: number
  /** A question and its answer. */
  timeoutMs: number
  /** Between two parts of an answer, and before the first. */
  stallMs: number
  maxOutputTokens: number
}

/** Millionths of a US dollar. */
export const costMicrosOf = (
  { inputPrice, outputPrice }: Pick<ModelSettings, 'inputPrice' | 'outputPrice'>,
  tokens: { inputTokens: number; outputTokens: number },
): number => Math.round(tokens.inputTokens * inputPrice + tokens.outputTokens * outputPrice)
