import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import { nonRetryableCodes } from './errors.ts'
import type {
  AlertActivities,
  AnalysisActivities,
  IntelligenceActivities,
  LedgerActivities,
  LifecycleActivities,
  OperationActivities,
  RunEventActivities,
  SchedulingActivities,
  WarehouseActivities,
} from './ports.ts'

/** Every queue, timeout and retry decision of the workflows. */

/** Its limit is for workers that were lost; an error of its own ends an activity before, by the `tries` it has for them. */
const retry = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  nonRetryableErrorTypes: nonRetryableCodes,
}

/**
 * The record is never given up by a job: a write is tried until it succeeds, however long Postgres is away. Local, because
 * two remote activities around a one-activity job halve its rate (temporal dev server, 2 cores: 0.52 against 0.74–0.87).
 */
const local = {
  startToCloseTimeout: '15 seconds',
  localRetryThreshold: '5 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
} as const

export const lifecycle = proxyLocalActivities<LifecycleActivities>(local)
export const scheduling = proxyLocalActivities<SchedulingActivities>(local)

/**
 * A heartbeat each second keeps a cancel under three seconds (the worker throttles to two) and finds a killed worker in ten.
 * WAIT_CANCELLATION_COMPLETED: the job ends only after the statement in the source was aborted.
 */
const heartbeating = { heartbeatTimeout: '10 seconds', cancellationType: 'WAIT_CANCELLATION_COMPLETED' } as const

export const ledger = proxyActivities<LedgerActivities>({
  taskQueue: 'ledger',
  startToCloseTimeout: '10 minutes',
  ...heartbeating,
  retry: { ...retry, maximumAttempts: 35 },
})

export const warehouse = proxyActivities<WarehouseActivities>({
  taskQueue: 'warehouse',
  startToCloseTimeout: '4 hours',
  ...heartbeating,
  retry: { ...retry, maximumAttempts: 20 },
})

/**
 * Opening a connection fails fast: what is wrong is nearly always the configuration, and a person waits for the answer. The
 * connector has its own, short time limit; this one leaves room to wait for a record that is away.
 */
export const warehouseConnect = proxyActivities<Pick<WarehouseActivities, 'connect'>>({
  taskQueue: 'warehouse',
  startToCloseTimeout: '10 minutes',
  ...heartbeating,
  retry: { ...retry, maximumAttempts: 20 },
})

/** A test is asked for by a person who watches: one try, half a minute with its wait for a worker. */
export const warehouseTest = proxyActivities<Pick<WarehouseActivities, 'testConnection'>>({
  taskQueue: 'warehouse',
  scheduleToCloseTimeout: '30 seconds',
  heartbeatTimeout: '10 seconds',
  retry: { maximumAttempts: 1 },
})

/** As a test: a person watches. The query has a time limit of its own, below this one. */
export const metricTrials = proxyActivities<Pick<WarehouseActivities, 'tryMetric'>>({
  taskQueue: 'warehouse',
  scheduleToCloseTimeout: '50 seconds',
  heartbeatTimeout: '10 seconds',
  retry: { maximumAttempts: 1 },
})

/** What a job that was ended by force left behind is worth an hour of trying: then its statements have ended by their limit. */
const cleaning = { startToCloseTimeout: '30 seconds', scheduleToCloseTimeout: '1 hour', retry } as const

export const ledgerCleanup = proxyActivities<Pick<LedgerActivities, 'discardStaging'>>({
  taskQueue: 'ledger',
  ...cleaning,
})

export const warehouseCleanup = proxyActivities<Pick<WarehouseActivities, 'endSessions'>>({
  taskQueue: 'warehouse',
  ...cleaning,
})

export const analysis = proxyActivities<AnalysisActivities>({
  taskQueue: 'analysis',
  startToCloseTimeout: '1 hour',
  ...heartbeating,
  retry: { ...retry, maximumAttempts: 20 },
})

/** Mostly waiting for models, which have limits of their own. */
export const intelligence = proxyActivities<IntelligenceActivities>({
  taskQueue: 'intelligence',
  startToCloseTimeout: '8 hours',
  ...heartbeating,
  retry: { ...retry, maximumAttempts: 20 },
})

/** A page of an operation takes a second or two; it waits out a record that is away for the better part of an hour. */
export const operations = proxyActivities<Pick<OperationActivities, 'workOperation'>>({
  taskQueue: 'ledger',
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { ...retry, maximumAttempts: 100 },
})

/** Like the end of a job: never given up. */
export const operationEnd = proxyActivities<Pick<OperationActivities, 'endOperation'>>({
  taskQueue: 'ledger',
  startToCloseTimeout: '40 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
})

/** A receiver may be down for a day: seconds between the first tries, an hour between the last. */
export const notices = proxyActivities<Pick<AlertActivities, 'deliver'>>({
  taskQueue: 'alerts',
  startToCloseTimeout: '40 seconds',
  scheduleToCloseTimeout: '1 day',
  retry: {
    initialInterval: '2 seconds',
    backoffCoefficient: 2,
    maximumInterval: '1 hour',
    nonRetryableErrorTypes: nonRetryableCodes,
  },
})

/** Like the end of a job: never given up. */
export const noticeEnd = proxyActivities<Pick<AlertActivities, 'giveUpDelivery'>>({
  taskQueue: 'alerts',
  startToCloseTimeout: '40 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
})

/**
 * Never given up: what happened is told in its order, when the receiver is back. An error of one event is no reason to lose the next,
 * so none of them ends the run.
 */
export const runEvents = proxyActivities<RunEventActivities>({
  taskQueue: 'alerts',
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
})
