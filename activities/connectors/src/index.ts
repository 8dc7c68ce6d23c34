export * from './connector.ts'
export * from './connector-error.ts'
export * from './measuring.ts'
export * from './registry.ts'
