export { anyFreePort, isPortFree } from './ports.ts'
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.ts'
export { startTemporal, searchAttributes, type RunningTemporal, type TemporalOptions } from './temporal.ts'
export { StartError } from './start-error.ts'
