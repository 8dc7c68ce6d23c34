export * from './connector.ts'
export * from './connector-error.ts'
export * from './registry.ts'
export { catalogQueries, schemasQuery } from './postgres/catalog-queries.ts'
