import type { LanguageModel } from 'ai'
import type { ModelSettings } from './model-settings.ts'

/**
 * The model of the settings, through the Vercel AI SDK. The part of its provider is loaded here, so that who asks no model does not pay
 * for it; the key is read here, too.
 */
export async function languageModelOf(settings: ModelSettings): Promise<LanguageModel> {
  const { provider, model } = settings
  const apiKey = settings.apiKey()
  const more = {
    ...(settings.baseUrl !== undefined && { baseURL: settings.baseUrl }),
    ...(apiKey !== undefined && { apiKey }),
  }
  if (provider === 'anthropic') return (await import('@ai-sdk/anthropic')).createAnthropic(more)(model)
  if (provider === 'google') return (await import('@ai-sdk/google')).createGoogleGenerativeAI(more)(model)
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
  return createOpenAICompatible({
    name: provider,
    baseURL: settings.baseUrl ?? '',
    includeUsage: true,
    supportsStructuredOutputs: settings.output === 'schema',
    ...(apiKey !== undefined && { apiKey }),
  })(model)
}
