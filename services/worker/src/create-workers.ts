import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  makeTelemetryFilterString,
  type WorkerOptions,
} from '@temporalio/worker'
import { connectorFor } from '@plumbline/connectors'
import { createJobLedger, createSealer, openDatabase } from '@plumbline/store'
import {
  createAlertActivities,
  createAnalysisActivities,
  createIntelligenceActivities,
  createLedgerActivities,
  createLifecycleActivities,
  createOperationActivities,
  createRunEventActivities,
  createSchedulingActivities,
  createWarehouseActivities,
  openModel,
} from '@plumbline/tasks'
import { taskQueues, type TaskQueue } from '@plumbline/workflows'
import type { Logger } from 'pino'
import type { WorkerConfig } from './config.ts'
import { logThrough } from './temporal-logger.ts'
import { workflowBundle } from './workflow-bundle.ts'

/** Shared by all queues of a process; the writes of a job are short. */
const poolSize = 12
/** How long running work may go on after a stop was asked for; activities are then cancelled and retried elsewhere. */
const shutdownGraceTime = '5 seconds'
const shutdownForceTime = '8 seconds'
const reconnectMs = 1_000

export interface WorkerGroup {
  /** Polls until `shutdown`; rejects when a worker fails beyond what it retries by itself. */
  run(): Promise<void>
  shutdown(): void
}

/** Names as Prometheus likes them: units in names, seconds, `_total` of counters. */
const readable = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true }

/**
 * Sends what the SDK logs to ours, and its figures to Prometheus where an address is given; once a process, before anything else of
 * Temporal. Signals stay with the caller.
 */
export function installRuntime(log: Logger, metricsAddress?: string): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', logThrough(log)),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      ...(metricsAddress !== undefined && { metrics: { prometheus: { bindAddress: metricsAddress, ...readable } } }),
    },
    shutdownSignals: [],
  })
}

/** Other work for the same workers: what a bench compares runs on the same settings, in the same process. */
export interface OtherWork {
  workflowBundle: { codePath: string }
  /** Beside those of the queue `warehouse`. */
  warehouseActivities: object
}

/** The workers of a role. Waits for Temporal as long as it takes: the order of starts must not matter. */
export async function createWorkers(config: WorkerConfig, log: Logger, other?: OtherWork): Promise<WorkerGroup> {
  const db = openDatabase({ url: config.databaseUrl, poolSize, applicationName: `plumbline ${config.role}` })
  const { connectionOptions, namespace = 'default' } = config.temporal
  const connection = await connected(connectionOptions, log)
  const deps = { db, ledger: createJobLedger(db), sealer: createSealer(config.keySource), connectorFor }
  const queues = config.role === 'all' ? taskQueues : [config.role]
  const workers = await Promise.all(
    queues.map(async (taskQueue) =>
      Worker.create({
        connection,
        namespace,
        taskQueue,
        identity: config.identity,
        shutdownGraceTime,
        shutdownForceTime,
        // A cancel reaches an activity with its heartbeat: two seconds are the most it waits.
        maxHeartbeatThrottleInterval: '2 seconds',
        ...(await work[taskQueue](deps, config, other)),
      }),
    ),
  )
  return {
    async run() {
      try {
        await Promise.all(workers.map((worker) => worker.run()))
      } finally {
        for (const worker of workers) stop(worker)
        await connection.close()
        await db.destroy()
      }
    },
    shutdown: () => workers.forEach(stop),
  }
}

type Deps = Parameters<typeof createWarehouseActivities>[0] & Parameters<typeof createLedgerActivities>[0]
type Work = Pick<
  WorkerOptions,
  | 'activities'
  | 'workflowBundle'
  | 'maxCachedWorkflows'
  | 'enableNonLocalActivities'
  | 'maxConcurrentActivityTaskExecutions'
  | 'maxConcurrentLocalActivityExecutions'
  | 'stickyQueueScheduleToStartTimeout'
>

/** What the worker of each queue does, and how much at once. */
const work: Record<TaskQueue, (deps: Deps, config: WorkerConfig, other?: OtherWork) => Promise<Work>> = {
  workflows: async (deps, config, other) => ({
    workflowBundle: other?.workflowBundle ?? (await workflowBundle(config.cacheFolder)),
    activities: { ...createLifecycleActivities(deps), ...createSchedulingActivities(deps) },
    enableNonLocalActivities: false,
    maxCachedWorkflows: 300,
    maxConcurrentLocalActivityExecutions: poolSize,
    // A killed worker holds its workflows no longer than this.
    stickyQueueScheduleToStartTimeout: '5 seconds',
  }),
  ledger: async (deps) => ({
    activities: { ...createLedgerActivities(deps), ...createOperationActivities(deps) },
    maxConcurrentActivityTaskExecutions: 4,
  }),
  // Waiting for sources, mostly: many at once cost little, and one that hangs must not hold up the rest.
  warehouse: async (deps, _config, other) => ({
    activities: { ...createWarehouseActivities(deps), ...other?.warehouseActivities },
    maxConcurrentActivityTaskExecutions: 20,
  }),
  analysis: async (deps) => ({
    activities: { ...createAnalysisActivities(deps) },
    maxConcurrentActivityTaskExecutions: 2,
  }),
  intelligence: async (deps, { model: settings }) => ({
    activities: {
      ...createIntelligenceActivities({ ...deps, model: settings && { settings, open: openModel } }),
    },
    maxConcurrentActivityTaskExecutions: 4,
  }),
  // A receiver that does not answer must not hold up the others.
  alerts: async (deps, { alerts: settings, runEvents }) => ({
    activities: {
      ...createAlertActivities({ ...deps, settings }),
      ...createRunEventActivities({ db: deps.db, settings: runEvents }),
    },
    maxConcurrentActivityTaskExecutions: 20,
  }),
}

async function connected(
  options: WorkerConfig['temporal']['connectionOptions'],
  log: Logger,
): Promise<NativeConnection> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await NativeConnection.connect(options)
    } catch (error) {
      if (attempt % 10 === 1)
        log.warn({ err: error, address: options.address }, 'Temporal cannot be reached yet; trying again')
      await new Promise((resolve) => setTimeout(resolve, reconnectMs))
    }
  }
}

function stop(worker: Worker): void {
  if (worker.getState() === 'RUNNING') worker.shutdown()
}
