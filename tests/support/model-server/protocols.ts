import { z } from 'zod'

/** What a request asks. */
export interface Prompted {
  instructions: string
  /** The first message: the question itself. */
  user: string
  /** All messages in one: what makes two requests the same question. */
  question: string
  /** The answer's form was asked for by a schema. */
  hasSchema: boolean
}

export interface Usage {
  input: number
  output: number
}

/** One provider's protocol on the wire, as server-sent events. */
export interface Protocol {
  prompted(body: unknown): Prompted
  start(): string[]
  delta(text: string): string[]
  end(reason: 'stop' | 'filtered', usage: Usage): string[]
}

const event = (data: unknown, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

const zContent = z.union([z.string(), z.array(z.object({ text: z.string() }))])
const textOf = (content: z.output<typeof zContent>): string =>
  typeof content === 'string' ? content : content.map(({ text }) => text).join('')

const prompt = (instructions: string, messages: string[], hasSchema: boolean): Prompted => ({
  instructions,
  user: messages[0] ?? '',
  question: messages.join('\n\n'),
  hasSchema,
})

const zOpenAi = z.object({
  messages: z.array(z.object({ role: z.string(), content: zContent })),
  response_format: z.object({ type: z.string() }).optional(),
  stream: z.literal(true),
})

const chunk = (delta: object, more: object = {}) =>
  event({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'a-model',
    choices: [{ index: 0, delta, finish_reason: null, ...more }],
  })

const openAi: Protocol = {
  prompted(body) {
    const { messages, response_format: format } = zOpenAi.parse(body)
    const [system, ...rest] = messages
    return prompt(
      textOf(system?.content ?? ''),
      rest.map(({ content }) => textOf(content)),
      format?.type === 'json_schema',
    )
  },
  start: () => [chunk({ role: 'assistant', content: '' })],
  delta: (text) => [chunk({ content: text })],
  end: (reason, { input, output }) => [
    chunk({}, { finish_reason: reason === 'stop' ? 'stop' : 'content_filter' }),
    event({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'a-model',
      choices: [],
      usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    }),
    event('[DONE]'),
  ],
}

const zAnthropic = z.object({
  system: zContent,
  messages: z.array(z.object({ role: z.string(), content: zContent })),
  stream: z.literal(true),
  output_config: z.object({ format: z.object({ type: z.string() }) }).optional(),
  output_format: z.object({ type: z.string() }).optional(),
})

const anthropic: Protocol = {
  prompted(body) {
    const { system, messages, output_config: config, output_format: format } = zAnthropic.parse(body)
    return prompt(
      textOf(system),
      messages.map(({ content }) => textOf(content)),
      (config?.format ?? format)?.type === 'json_schema',
    )
  },
  start: () => [
    event(
      {
        type: 'message_start',
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'a-model',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 900, output_tokens: 1 },
        },
      },
      'message_start',
    ),
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }, 'content_block_start'),
  ],
  delta: (text) => [
    event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }, 'content_block_delta'),
  ],
  end: (reason, { output }) => [
    event({ type: 'content_block_stop', index: 0 }, 'content_block_stop'),
    event(
      {
        type: 'message_delta',
        delta: { stop_reason: reason === 'stop' ? 'end_turn' : 'refusal', stop_sequence: null },
        usage: { output_tokens: output },
      },
      'message_delta',
    ),
    event({ type: 'message_stop' }, 'message_stop'),
  ],
}

const zGoogle = z.object({
  systemInstruction: z.object({ parts: z.array(z.object({ text: z.string() })) }),
  contents: z.array(z.object({ role: z.string(), parts: z.array(z.object({ text: z.string() })) })),
  generationConfig: z.looseObject({}),
})

const google: Protocol = {
  prompted(body) {
    const { systemInstruction, contents, generationConfig } = zGoogle.parse(body)
    return prompt(
      textOf(systemInstruction.parts),
      contents.map(({ parts }) => textOf(parts)),
      'responseSchema' in generationConfig || 'responseJsonSchema' in generationConfig,
    )
  },
  start: () => [],
  delta: (text) => [event({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }] })],
  end: (reason, { input, output }) => [
    event({
      candidates: [
        { content: { role: 'model', parts: [] }, finishReason: reason === 'stop' ? 'STOP' : 'SAFETY', index: 0 },
      ],
      usageMetadata: { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output },
    }),
  ],
}

/** By the path of a request. */
export function protocolOf(path: string): Protocol | undefined {
  if (path.endsWith('/chat/completions')) return openAi
  if (path.endsWith('/messages')) return anthropic
  return path.includes(':streamGenerateContent') ? google : undefined
}
