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
  /** Names of the tools that may be called. */
  tools: string[]
  /** What tools returned so far, oldest first. */
  results: string[]
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
  /** @param input what is not an object is sent as it is */
  call(tool: string, input: object | string): string[]
  end(reason: 'stop' | 'filtered' | 'tool', usage: Usage): string[]
}

const event = (data: unknown, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

const zContent = z.union([z.string(), z.array(z.object({ text: z.string().default('') }))]).nullish()
const textOf = (content: z.output<typeof zContent>): string =>
  typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
const zNamed = z.object({ name: z.string() })

const jsonOf = (input: object | string): string => (typeof input === 'string' ? input : JSON.stringify(input))

let ids = 0
const nextId = (kind: string): string => `${kind}_${++ids}`

const prompt = (
  instructions: string,
  messages: string[],
  hasSchema: boolean,
  { tools = [], results = [] }: { tools?: string[]; results?: string[] } = {},
): Prompted => ({
  instructions,
  user: messages[0] ?? '',
  question: [...messages, ...results].join('\n\n'),
  hasSchema,
  tools,
  results,
})

const zOpenAi = z.object({
  messages: z.array(z.object({ role: z.string(), content: zContent })),
  response_format: z.object({ type: z.string() }).optional(),
  tools: z.array(z.object({ function: zNamed })).default([]),
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
    const { messages, response_format: format, tools } = zOpenAi.parse(body)
    const [system, ...rest] = messages
    const texts = (isResult: boolean) =>
      rest.filter(({ role }) => (role === 'tool') === isResult).map(({ content }) => textOf(content))
    return prompt(textOf(system?.content ?? ''), texts(false), format?.type === 'json_schema', {
      tools: tools.map((tool) => tool.function.name),
      results: texts(true),
    })
  },
  start: () => [chunk({ role: 'assistant', content: '' })],
  delta: (text) => [chunk({ content: text })],
  call: (name, input) => [
    chunk({
      tool_calls: [{ index: 0, id: nextId('call'), type: 'function', function: { name, arguments: jsonOf(input) } }],
    }),
  ],
  end: (reason, { input, output }) => [
    chunk({}, { finish_reason: { stop: 'stop', filtered: 'content_filter', tool: 'tool_calls' }[reason] }),
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

const zBlocks = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string(), text: z.string().default(''), content: zContent })),
])
const zAnthropic = z.object({
  system: zContent,
  messages: z.array(z.object({ role: z.string(), content: zBlocks })),
  tools: z.array(zNamed).default([]),
  stream: z.literal(true),
  output_config: z.object({ format: z.object({ type: z.string() }) }).optional(),
  output_format: z.object({ type: z.string() }).optional(),
})

const anthropic: Protocol = {
  prompted(body) {
    const { system, messages, tools, output_config: config, output_format: format } = zAnthropic.parse(body)
    const blocks = messages.flatMap(({ content }) =>
      typeof content === 'string' ? [{ type: 'text', text: content, content: '' }] : content,
    )
    return prompt(
      textOf(system),
      blocks.filter(({ type }) => type === 'text').map(({ text }) => text),
      (config?.format ?? format)?.type === 'json_schema',
      {
        tools: tools.map(({ name }) => name),
        results: blocks.filter(({ type }) => type === 'tool_result').map(({ content }) => textOf(content)),
      },
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
  call: (name, input) => [
    event(
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: nextId('toolu'), name, input: {} },
      },
      'content_block_start',
    ),
    event(
      { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: jsonOf(input) } },
      'content_block_delta',
    ),
    event({ type: 'content_block_stop', index: 1 }, 'content_block_stop'),
  ],
  end: (reason, { output }) => [
    event({ type: 'content_block_stop', index: 0 }, 'content_block_stop'),
    event(
      {
        type: 'message_delta',
        delta: {
          stop_reason: { stop: 'end_turn', filtered: 'refusal', tool: 'tool_use' }[reason],
          stop_sequence: null,
        },
        usage: { output_tokens: output },
      },
      'message_delta',
    ),
    event({ type: 'message_stop' }, 'message_stop'),
  ],
}

const zGoogle = z.object({
  systemInstruction: z.object({ parts: z.array(z.object({ text: z.string() })) }),
  contents: z.array(
    z.object({
      role: z.string(),
      parts: z.array(z.object({ text: z.string().default(''), functionResponse: z.unknown().optional() })),
    }),
  ),
  tools: z.array(z.object({ functionDeclarations: z.array(zNamed).default([]) })).default([]),
  generationConfig: z.looseObject({}),
})

const google: Protocol = {
  prompted(body) {
    const { systemInstruction, contents, tools, generationConfig } = zGoogle.parse(body)
    const parts = contents.flatMap((content) => content.parts)
    return prompt(
      textOf(systemInstruction.parts),
      parts.filter(({ functionResponse }) => functionResponse === undefined).map(({ text }) => text),
      'responseSchema' in generationConfig || 'responseJsonSchema' in generationConfig,
      {
        tools: tools.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => name)),
        results: parts.flatMap(({ functionResponse }) => (functionResponse ? [JSON.stringify(functionResponse)] : [])),
      },
    )
  },
  start: () => [],
  delta: (text) => [event({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }] })],
  call: (name, args) => [
    event({ candidates: [{ content: { role: 'model', parts: [{ functionCall: { name, args } }] }, index: 0 }] }),
  ],
  end: (reason, { input, output }) => [
    event({
      candidates: [
        { content: { role: 'model', parts: [] }, finishReason: reason === 'filtered' ? 'SAFETY' : 'STOP', index: 0 },
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
