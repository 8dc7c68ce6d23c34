export type ConfigText = { ok: true; config: Record<string, unknown> } | { ok: false; message: string }

/** A job's configuration as a person types it: a JSON object, or what is wrong with it. */
export function parseConfig(text: string): ConfigText {
  if (text.trim() === '') return { ok: true, config: {} }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ok: true, config: { ...value } }
    return { ok: false, message: 'The configuration is a JSON object: { … }' }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'Not JSON' }
  }
}

export const configText = (config: Record<string, unknown>): string => JSON.stringify(config, null, 2)
