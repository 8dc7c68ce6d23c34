import type { LogEntry, LogLevel } from '@temporalio/worker'
import type { Logger } from 'pino'

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>

/** What the SDK logs, through ours. Its INFO is our debug: it tells of every state change of every poller. */
export const logThrough =
  (log: Logger) =>
  ({ level, message, meta }: LogEntry): void =>
    log[levels[level]]({ temporal: meta }, message)
