import { modelSettingsOf, type ModelSettings } from '@plumbline/models'
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig'
import { z } from 'zod'

const zPort = z.coerce.number().int().min(0).max(65535)

/** 0: for ever. */
const zDays = z.coerce.number().int().min(0).max(36_500)

const zEnvironment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  PLUMBLINE_HOST: z.string().default('127.0.0.1'),
  PLUMBLINE_PORT: zPort.default(7878),
  PLUMBLINE_TEMPORAL_UI: z.url().default('http://127.0.0.1:8233'),
  PLUMBLINE_KEY: z.string().optional(),
  PLUMBLINE_KEY_FILE: z.string().optional(),
  PLUMBLINE_TOKEN_FILE: z.string().optional(),
  PLUMBLINE_WEB_ROOT: z.string().optional(),
  PLUMBLINE_RATE_LIMIT: z.coerce.number().int().min(0).default(6_000),
  PLUMBLINE_UPLOAD_LIMIT_SECONDS: z.coerce.number().min(0.1).max(86_400).default(300),
  PLUMBLINE_RETENTION_JOBS_DAYS: zDays.default(0),
  PLUMBLINE_RETENTION_EVENTS_DAYS: zDays.default(7),
  PLUMBLINE_RETENTION_LOGS_DAYS: zDays.default(90),
  PLUMBLINE_RETENTION_SNAPSHOTS_DAYS: zDays.default(400),
  PLUMBLINE_RETENTION_OPERATIONS_DAYS: zDays.default(90),
  PLUMBLINE_RETENTION_TICKS_DAYS: zDays.default(90),
  PLUMBLINE_RETENTION_METRICS_DAYS: zDays.default(800),
  PLUMBLINE_RETENTION_INCIDENTS_DAYS: zDays.default(400),
  PLUMBLINE_QUESTIONS_TOKENS_PER_DAY: z.coerce.number().int().min(0).max(1e12).default(1_000_000),
  PLUMBLINE_OPENLINEAGE_URL: z.string().default(''),
  PLUMBLINE_OPENLINEAGE_FILE: z.string().default(''),
  PLUMBLINE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** How many days each is kept; 0: for ever. */
export interface Retention {
  jobs: number
  events: number
  logs: number
  /** With the versions of assets and their changes. */
  snapshots: number
  operations: number
  ticks: number
  /** Their points. What is expected is learned from the last 400 days. */
  metrics: number
  /** That are over, with what was delivered of them. */
  incidents: number
}

/** What the gateway is told by its environment, parsed once. Temporal's own settings are its envconfig's. */
export interface GatewayConfig {
  databaseUrl: string
  /** Address, namespace, TLS and API key, from TEMPORAL_* or a profile. */
  temporal: ClientConnectConfig
  host: string
  /** 0: any free port. */
  port: number
  /** Base URL of Temporal's web UI, for links only. */
  temporalUi: string
  keySource: { key?: string | undefined; keyFile?: string | undefined }
  /** Where the token of the first admin lies; made when missing. */
  tokenFile: string | undefined
  /** The built web page; without it only the API is served. */
  webRoot: string | undefined
  /** Requests a minute that a token may make; 0: any number. */
  rateLimit: number
  /** How long a dbt manifest may take to arrive; a transaction is open that long. */
  uploadLimitMs: number
  retention: Retention
  /** The language model that answers questions, and how many tokens an organization may use a day (UTC); undefined: rules alone do. */
  questionModel: { settings: ModelSettings; tokensPerDay: number } | undefined
  /** Whether workers tell OpenLineage of jobs: they know where it is. */
  runEvents: boolean
  logLevel: string
}

/** @throws ZodError that names each variable that is missing or wrong */
export function loadConfig(environment: NodeJS.ProcessEnv): GatewayConfig {
  const env = zEnvironment.parse(environment)
  const model = modelSettingsOf(environment)
  const tokensPerDay = env.PLUMBLINE_QUESTIONS_TOKENS_PER_DAY
  return Object.freeze({
    databaseUrl: env.DATABASE_URL,
    temporal: loadClientConnectConfig({ overrideEnvVars: definedIn(environment) }),
    host: env.PLUMBLINE_HOST,
    port: env.PLUMBLINE_PORT,
    temporalUi: env.PLUMBLINE_TEMPORAL_UI.replace(/\/$/, ''),
    keySource: { key: env.PLUMBLINE_KEY, keyFile: env.PLUMBLINE_KEY_FILE },
    tokenFile: env.PLUMBLINE_TOKEN_FILE,
    webRoot: env.PLUMBLINE_WEB_ROOT,
    rateLimit: env.PLUMBLINE_RATE_LIMIT,
    uploadLimitMs: env.PLUMBLINE_UPLOAD_LIMIT_SECONDS * 1_000,
    retention: {
      jobs: env.PLUMBLINE_RETENTION_JOBS_DAYS,
      events: env.PLUMBLINE_RETENTION_EVENTS_DAYS,
      logs: env.PLUMBLINE_RETENTION_LOGS_DAYS,
      snapshots: env.PLUMBLINE_RETENTION_SNAPSHOTS_DAYS,
      operations: env.PLUMBLINE_RETENTION_OPERATIONS_DAYS,
      ticks: env.PLUMBLINE_RETENTION_TICKS_DAYS,
      metrics: env.PLUMBLINE_RETENTION_METRICS_DAYS,
      incidents: env.PLUMBLINE_RETENTION_INCIDENTS_DAYS,
    },
    questionModel: model && tokensPerDay > 0 ? { settings: model, tokensPerDay } : undefined,
    runEvents: env.PLUMBLINE_OPENLINEAGE_URL !== '' || env.PLUMBLINE_OPENLINEAGE_FILE !== '',
    logLevel: env.PLUMBLINE_LOG_LEVEL,
  })
}

function definedIn(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
