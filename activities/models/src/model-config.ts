import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { modelProviders, type ModelSettings } from './model-settings.ts'

/** A variable that is set to nothing, as Compose does, is not set. */
const given = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value: unknown) => (value === '' ? undefined : value), schema)
const price = given(z.coerce.number().min(0).max(100_000).default(0))
const count = (least: number, most: number, usual: number) =>
  given(z.coerce.number().int().min(least).max(most).default(usual))

/** Where a language model is, if there is one. */
const zModelEnvironment = z
  .object({
    PLUMBLINE_MODEL_PROVIDER: given(z.enum(modelProviders).optional()),
    PLUMBLINE_MODEL: given(z.string().optional()),
    PLUMBLINE_MODEL_BASE_URL: given(z.url({ protocol: /^https?$/ }).optional()),
    PLUMBLINE_MODEL_API_KEY: given(z.string().optional()),
    PLUMBLINE_MODEL_API_KEY_FILE: given(z.string().optional()),
    PLUMBLINE_MODEL_OUTPUT: given(z.enum(['schema', 'json']).default('schema')),
    PLUMBLINE_MODEL_INPUT_PRICE: price,
    PLUMBLINE_MODEL_OUTPUT_PRICE: price,
    PLUMBLINE_MODEL_CONCURRENCY: count(1, 64, 4),
    PLUMBLINE_MODEL_REQUESTS_PER_MINUTE: count(0, 1_000_000, 0),
    PLUMBLINE_MODEL_TIMEOUT_SECONDS: count(1, 3_600, 180),
    PLUMBLINE_MODEL_STALL_SECONDS: count(1, 3_600, 60),
    PLUMBLINE_MODEL_MAX_OUTPUT_TOKENS: count(256, 1_000_000, 16_384),
  })
  .superRefine((env, context) => {
    const { PLUMBLINE_MODEL_PROVIDER: provider, PLUMBLINE_MODEL: model, PLUMBLINE_MODEL_BASE_URL: baseUrl } = env
    const missing = (name: string, of: string): void =>
      context.addIssue({ code: 'custom', path: [name], message: `is needed by ${of}` })
    if (provider === undefined && model !== undefined) missing('PLUMBLINE_MODEL_PROVIDER', 'PLUMBLINE_MODEL')
    if (provider !== undefined && model === undefined) missing('PLUMBLINE_MODEL', 'PLUMBLINE_MODEL_PROVIDER')
    if (provider === 'openai-compatible' && baseUrl === undefined)
      missing('PLUMBLINE_MODEL_BASE_URL', 'PLUMBLINE_MODEL_PROVIDER=openai-compatible')
  })

/**
 * The language model of a process; undefined where none is set up.
 * @throws ZodError that names each variable that is missing or wrong
 */
export function modelSettingsOf(environment: NodeJS.ProcessEnv): ModelSettings | undefined {
  const env = zModelEnvironment.parse(environment)
  const { PLUMBLINE_MODEL_PROVIDER: provider, PLUMBLINE_MODEL: model } = env
  if (provider === undefined || model === undefined) return undefined
  return Object.freeze({
    provider,
    model,
    baseUrl: env.PLUMBLINE_MODEL_BASE_URL,
    apiKey: () => keyOf(env.PLUMBLINE_MODEL_API_KEY, env.PLUMBLINE_MODEL_API_KEY_FILE),
    output: env.PLUMBLINE_MODEL_OUTPUT,
    inputPrice: env.PLUMBLINE_MODEL_INPUT_PRICE,
    outputPrice: env.PLUMBLINE_MODEL_OUTPUT_PRICE,
    concurrency: env.PLUMBLINE_MODEL_CONCURRENCY,
    requestsPerMinute: env.PLUMBLINE_MODEL_REQUESTS_PER_MINUTE,
    timeoutMs: env.PLUMBLINE_MODEL_TIMEOUT_SECONDS * 1000,
    stallMs: env.PLUMBLINE_MODEL_STALL_SECONDS * 1000,
    maxOutputTokens: env.PLUMBLINE_MODEL_MAX_OUTPUT_TOKENS,
  })
}

/** The file is read each time that a model is opened, so that a key can be changed under a running process. */
const keyOf = (key: string | undefined, file: string | undefined): string | undefined =>
  key ?? (file === undefined ? undefined : readFileSync(file, 'utf8').trim())
