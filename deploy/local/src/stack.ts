import { secondsSince } from './screen.ts'
import { homeFiles, secretIn } from './home.ts'
import { keepRunning } from './keep-running.ts'
import type { Parts } from './parts.ts'
import { endLeftoverPostgres, startPostgres } from './postgres.ts'
import { ensureRecord, migrateRecord } from './record.ts'
import { endLeftoverServices, gatewayReady, startService } from './services.ts'
import type { LocalSettings } from './settings.ts'
import type { StackOptions } from './stack-options.ts'
import { StartError } from './start-error.ts'
import { endLeftoverTemporal, startTemporal } from './temporal.ts'
import { embeddedTemporal, ownTemporal, type TemporalEnvironment } from './temporal-settings.ts'
import { buildWebPage } from './web-page.ts'

/** The sample shows lineage of statements that ran: they are counted in its database, and nowhere else on this server. */
const sampleHistory = { preload: ['pg_stat_statements'], settings: { 'pg_stat_statements.track': 'none' } }

export interface Stack {
  pageUrl: string
  temporalUi: string
  databaseUrl: string
  /** The embedded Postgres, superuser. */
  serverUrl: string | undefined
}

/** Ends what a killed start of this home left behind: it would hold our ports. */
export async function endLeftovers(settings: LocalSettings): Promise<void> {
  await endLeftoverServices(settings)
  const files = homeFiles(settings.home)
  await endLeftoverTemporal(files.temporalDatabase)
  if (settings.databaseUrl === undefined) endLeftoverPostgres(files.postgresData)
}

/**
 * Brings up the whole system on this machine.
 * @param parts gets each part as soon as it runs, so that an interrupted start can be ended
 * @throws StartError when a part does not come up
 */
export async function startStack(options: StackOptions, parts: Parts): Promise<Stack> {
  const { settings, ports, screen, signal } = options
  const files = homeFiles(settings.home)
  const [record, temporal, page] = await settled([
    recordPart(options, parts),
    temporalPart(options, parts),
    webPart(options),
  ])
  signal.throwIfAborted()
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...temporal,
    DATABASE_URL: record.databaseUrl,
    PLUMBLINE_HOME: settings.home,
    PLUMBLINE_HOST: '127.0.0.1',
    PLUMBLINE_PORT: String(ports.page),
    PLUMBLINE_KEY_FILE: files.key,
    PLUMBLINE_TOKEN_FILE: files.token,
    PLUMBLINE_WORKER_ROLE: 'all',
    ...(page === undefined ? {} : { PLUMBLINE_WEB_ROOT: page }),
  }
  secretIn(files.key)
  const pageUrl = `http://127.0.0.1:${ports.page}`
  const begun = performance.now()
  const [gateway] = await Promise.all([
    startService('gateway', env, options, parts),
    startService('worker', env, options, parts),
  ])
  await gatewayReady(pageUrl, gateway, options)
  screen.part('Gateway', `ready (${secondsSince(begun)})`)
  return { ...record, pageUrl, temporalUi: temporal.PLUMBLINE_TEMPORAL_UI }
}

/** Waits for all, so that what came up is known when one failed. */
async function settled<A, B, C>(work: [Promise<A>, Promise<B>, Promise<C>]): Promise<[A, B, C]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

async function recordPart(
  { settings, ports, screen }: StackOptions,
  parts: Parts,
): Promise<{ databaseUrl: string; serverUrl: string | undefined }> {
  const begun = performance.now()
  const files = homeFiles(settings.home)
  let databaseUrl = settings.databaseUrl
  let serverUrl: string | undefined
  if (databaseUrl === undefined) {
    const postgres = parts.add(
      'postgres',
      await keepRunning(
        'Postgres',
        () =>
          startPostgres({
            dataDir: files.postgresData,
            port: ports.postgres,
            password: secretIn(files.postgresPassword),
            durable: true,
            logFile: files.log('postgres'),
            ...sampleHistory,
          }),
        screen.say,
      ),
    )
    serverUrl = postgres.first.url
    if (postgres.first.note) screen.part('', postgres.first.note)
    databaseUrl = await ensureRecord(serverUrl)
  }
  const migrations = await migrateRecord(databaseUrl).catch((cause: unknown) => {
    throw new StartError(
      `The record could not be migrated: ${cause instanceof Error ? cause.message : String(cause)}`,
      settings.databaseUrl === undefined ? undefined : 'Check DATABASE_URL.',
      { cause },
    )
  })
  screen.part('Postgres', `ready${migrations ? `, ${migrations} migrations` : ''} (${secondsSince(begun)})`)
  return { databaseUrl, serverUrl }
}

async function temporalPart({ settings, ports, screen }: StackOptions, parts: Parts): Promise<TemporalEnvironment> {
  const begun = performance.now()
  const files = homeFiles(settings.home)
  const { temporalCli } = settings
  if (temporalCli === undefined) return ownTemporal(settings.temporalUi)
  const temporal = parts.add(
    'temporal',
    await keepRunning(
      'Temporal',
      () =>
        startTemporal({
          executable: temporalCli,
          port: ports.temporal,
          uiPort: ports.temporalUi,
          databaseFile: files.temporalDatabase,
          logFile: files.log('temporal'),
        }),
      screen.say,
    ),
  )
  screen.part('Temporal', `ready (${secondsSince(begun)})`)
  return embeddedTemporal(temporal.first, files.temporalConfig)
}

async function webPart({ settings, screen }: StackOptions): Promise<string | undefined> {
  const begun = performance.now()
  const page = await buildWebPage(settings.checkout)
  screen.part('Web page', `${page.note} (${secondsSince(begun)})`)
  return page.root
}
