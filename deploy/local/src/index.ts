export { leanNode } from './node-service.ts'
export { anyFreePort, isPortFree } from './ports.ts'
export { endLeftoverPostgres, startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.ts'
export {
  endLeftoverTemporal,
  startTemporal,
  searchAttributes,
  type RunningTemporal,
  type TemporalOptions,
} from './temporal.ts'
export { buildWebPage, type WebPage } from './web-page.ts'
export { StartError } from './start-error.ts'
export { waitUntil } from './wait-until.ts'
