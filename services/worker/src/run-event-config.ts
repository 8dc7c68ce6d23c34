import { readFileSync } from 'node:fs'
import type { RunEventSettings } from '@plumbline/tasks'
import { z } from 'zod'
import { given } from './given.ts'

const zRunEventEnvironment = z
  .object({
    PLUMBLINE_OPENLINEAGE_URL: given(z.url({ protocol: /^https?$/ })),
    PLUMBLINE_OPENLINEAGE_FILE: given(z.string()),
    PLUMBLINE_OPENLINEAGE_API_KEY: given(z.string()),
    PLUMBLINE_OPENLINEAGE_API_KEY_FILE: given(z.string()),
    PLUMBLINE_OPENLINEAGE_PRIVATE_ADDRESSES: given(z.enum(['allow', 'refuse'])),
  })
  .refine((env) => env.PLUMBLINE_OPENLINEAGE_URL === undefined || env.PLUMBLINE_OPENLINEAGE_FILE === undefined, {
    path: ['PLUMBLINE_OPENLINEAGE_FILE'],
    error: 'events go to PLUMBLINE_OPENLINEAGE_URL or to a file, not to both',
  })

/** Where the API of a receiver is, when the URL names its server alone. */
const usualPath = '/api/v1/lineage'

/** Undefined where events of runs go nowhere. @throws ZodError that names each variable that is wrong */
export function runEventSettingsOf(environment: NodeJS.ProcessEnv): RunEventSettings | undefined {
  const env = zRunEventEnvironment.parse(environment)
  const { PLUMBLINE_OPENLINEAGE_FILE: path, PLUMBLINE_OPENLINEAGE_API_KEY_FILE: keyFile } = env
  if (path !== undefined) return Object.freeze({ kind: 'file', path })
  if (env.PLUMBLINE_OPENLINEAGE_URL === undefined) return undefined
  const url = new URL(env.PLUMBLINE_OPENLINEAGE_URL)
  if (url.pathname === '/') url.pathname = usualPath
  return Object.freeze({
    kind: 'http',
    url: url.href,
    apiKey: () =>
      env.PLUMBLINE_OPENLINEAGE_API_KEY ?? (keyFile === undefined ? undefined : readFileSync(keyFile, 'utf8').trim()),
    privateAddresses: env.PLUMBLINE_OPENLINEAGE_PRIVATE_ADDRESSES === 'allow',
  })
}
