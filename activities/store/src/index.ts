export { openDatabase, type Database, type DatabaseOptions } from './database.ts'
export { migrate } from './migrate.ts'
export type { ColumnPair, LineageEvidence, Role, TagCategory, TagRecord, Tables } from './tables.ts'
