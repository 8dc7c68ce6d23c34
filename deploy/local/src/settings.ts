import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { parseTarget, type ConnectTarget } from './connect-target.ts'
import type { PortWish } from './ports.ts'
import { StartError } from './start-error.ts'

const checkout = resolve(import.meta.dirname, '../../..')

export interface LocalSettings {
  checkout: string
  /** Data, keys, token and logs; absolute. */
  home: string
  ports: Record<'page' | 'postgres' | 'temporal' | 'temporalUi', PortWish>
  /** A Postgres of your own as the record; without it the embedded one. */
  databaseUrl: string | undefined
  /** The `temporal` command; without it a Temporal of your own is used, as `@temporalio/envconfig` describes it. */
  temporalCli: string | undefined
  /** Base URL of the UI of a Temporal of your own, for links. */
  temporalUi: string | undefined
  /** A database to register and discover at once. */
  connect: ConnectTarget | undefined
  /** Whether to show the page in a browser. */
  open: boolean
}

const zPort = z.coerce.number().int().min(1).max(65_535).optional()
const zEnvironment = z.object({
  PLUMBLINE_PORT: zPort,
  PLUMBLINE_POSTGRES_PORT: zPort,
  PLUMBLINE_TEMPORAL_PORT: zPort,
  PLUMBLINE_TEMPORAL_UI_PORT: zPort,
  PLUMBLINE_HOME: z.string().optional(),
  PLUMBLINE_TEMPORAL_UI: z.url().optional(),
  PLUMBLINE_TEMPORAL_CLI: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
})

const ports = {
  page: { name: 'page and API', variable: 'PLUMBLINE_PORT', preferred: 7878 },
  postgres: { name: 'Postgres', variable: 'PLUMBLINE_POSTGRES_PORT', preferred: 5433 },
  temporal: { name: 'Temporal', variable: 'PLUMBLINE_TEMPORAL_PORT', preferred: 7233 },
  temporalUi: { name: "Temporal's web UI", variable: 'PLUMBLINE_TEMPORAL_UI_PORT', preferred: 8233 },
} as const

export const usage = `npm start [-- OPTIONS]
  --connect postgres://user:password@host:port/database[?sslmode=…]   register that database and discover it at once
  --no-open                                                           do not show the page in a browser
Settings by environment: PLUMBLINE_PORT, PLUMBLINE_POSTGRES_PORT, PLUMBLINE_TEMPORAL_PORT, PLUMBLINE_TEMPORAL_UI_PORT,
PLUMBLINE_HOME; DATABASE_URL and TEMPORAL_ADDRESS put servers of your own in the place of ours. See README.md.`

/**
 * @returns undefined when only the usage was asked for
 * @throws StartError that names the variable or option that is wrong, never its value: it may hold a password
 */
export function readSettings(args: readonly string[], environment: NodeJS.ProcessEnv): LocalSettings | undefined {
  const options = readOptions(args)
  if (options.help) return undefined
  // An empty variable is one that is not set: that is how shells and compose files leave things out.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = zEnvironment.safeParse(given)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new StartError(
      `The environment is not valid: ${wrong.join('; ')}.`,
      'Correct it, or unset it to use the default.',
    )
  }
  const env = parsed.data
  const wish = (key: keyof typeof ports): PortWish => {
    const asked = env[ports[key].variable]
    return { ...ports[key], preferred: asked ?? ports[key].preferred, explicit: asked !== undefined }
  }
  return Object.freeze({
    checkout,
    home: resolve(checkout, env.PLUMBLINE_HOME ?? '.local'),
    ports: {
      page: wish('page'),
      postgres: wish('postgres'),
      temporal: wish('temporal'),
      temporalUi: wish('temporalUi'),
    },
    databaseUrl: env.DATABASE_URL,
    temporalCli: env.PLUMBLINE_TEMPORAL_CLI,
    temporalUi: env.PLUMBLINE_TEMPORAL_UI,
    connect: options.connect === undefined ? undefined : parseTarget(options.connect),
    open: !options['no-open'],
  })
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { connect: { type: 'string' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values
  } catch {
    throw new StartError('Unknown or incomplete option.', usage)
  }
}
