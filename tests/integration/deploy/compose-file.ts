import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

export const checkout = resolve(import.meta.dirname, '../../..')

const zService = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
})
const zCompose = z.object({ services: z.record(z.string(), zService) })
export type ComposeService = z.infer<typeof zService>

/** docker-compose.yml as it is written, with its anchors resolved. */
export function composeDocument(): unknown {
  return parse(readFileSync(resolve(checkout, 'docker-compose.yml'), 'utf8'), { merge: true })
}

/** The services, with `${NAME}`, `${NAME:-default}` and `${NAME:?message}` replaced from `variables`. */
export function composeServices(variables: Record<string, string>): Record<string, ComposeService> {
  const interpolated: unknown = JSON.parse(interpolate(JSON.stringify(composeDocument()), variables))
  return zCompose.parse(interpolated).services
}

function interpolate(text: string, variables: Record<string, string>): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string | undefined, rest = '') => {
    const value = variables[name] ?? (kind === '-' ? rest : undefined)
    if (value === undefined) throw new Error(`${name} is not set: ${rest}`)
    return value
  })
}
