import { hostname } from 'node:os'
import { modelSettingsOf, type ModelSettings } from '@plumbline/models'
import type { KeySource } from '@plumbline/store'
import type { AlertSettings, RunEventSettings } from '@plumbline/tasks'
import { taskQueues } from '@plumbline/workflows'
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig'
import { z } from 'zod'
import { alertSettingsOf } from './alert-config.ts'
import { runEventSettingsOf } from './run-event-config.ts'

/** What a worker process polls: one queue, or all of them. */
export const workerRoles = [...taskQueues, 'all'] as const
export type WorkerRole = (typeof workerRoles)[number]

const zEnvironment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  PLUMBLINE_WORKER_ROLE: z.enum(workerRoles).default('all'),
  PLUMBLINE_KEY: z.string().optional(),
  PLUMBLINE_KEY_FILE: z.string().optional(),
  PLUMBLINE_SECRETS_FOLDER: z.string().optional(),
  PLUMBLINE_HOME: z.string().default('.local'),
  PLUMBLINE_WORKER_METRICS: z
    .string()
    .regex(/^(|.+:\d+)$/, 'must be an address and a port, as 0.0.0.0:9464')
    .default(''),
  PLUMBLINE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

/** What a worker is told by its environment, parsed once. Temporal's own settings are its envconfig's. */
export interface WorkerConfig {
  databaseUrl: string
  /** Address, namespace, TLS and API key, from TEMPORAL_* or a profile. */
  temporal: ClientConnectConfig
  role: WorkerRole
  /** The sealing key, and the folder that `file:` credentials may name. */
  keySource: KeySource
  /** Where the bundle of the workflows is kept between starts. */
  cacheFolder: string
  /** Shown in Temporal beside what the worker did. */
  identity: string
  logLevel: string
  /** Where Prometheus reads what the worker does, `0.0.0.0:9464`; undefined: nowhere. */
  metricsAddress: string | undefined
  /** The language model for documentation; undefined: it goes by rules. */
  model: ModelSettings | undefined
  /** How notices reach people. */
  alerts: AlertSettings
  /** Where OpenLineage is told of jobs; undefined: nowhere. */
  runEvents: RunEventSettings | undefined
}

/** @throws ZodError that names each variable that is missing or wrong */
export function loadConfig(environment: NodeJS.ProcessEnv): WorkerConfig {
  const env = zEnvironment.parse(environment)
  return Object.freeze({
    databaseUrl: env.DATABASE_URL,
    temporal: loadClientConnectConfig({ overrideEnvVars: definedIn(environment) }),
    role: env.PLUMBLINE_WORKER_ROLE,
    keySource: {
      key: env.PLUMBLINE_KEY,
      keyFile: env.PLUMBLINE_KEY_FILE,
      secretsFolder: env.PLUMBLINE_SECRETS_FOLDER,
    },
    cacheFolder: `${env.PLUMBLINE_HOME}/cache`,
    identity: `plumbline ${env.PLUMBLINE_WORKER_ROLE} ${process.pid}@${hostname()}`,
    logLevel: env.PLUMBLINE_LOG_LEVEL,
    metricsAddress: env.PLUMBLINE_WORKER_METRICS === '' ? undefined : env.PLUMBLINE_WORKER_METRICS,
    model: modelSettingsOf(environment),
    alerts: alertSettingsOf(environment),
    runEvents: runEventSettingsOf(environment),
  })
}

function definedIn(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
