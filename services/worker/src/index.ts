export { loadConfig, workerRoles, type WorkerConfig, type WorkerRole } from './config.ts'
export { createWorkers, installRuntime, type OtherWork, type WorkerGroup } from './create-workers.ts'
