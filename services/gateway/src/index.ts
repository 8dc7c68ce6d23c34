export { loadConfig, type GatewayConfig } from './config.ts'
export { startGateway, type Gateway } from './start-gateway.ts'
export { nextRuns, type Timing } from './schedules/timing.ts'
