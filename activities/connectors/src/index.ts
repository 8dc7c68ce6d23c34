export * from './connector.ts'
export * from './connector-error.ts'
export * from './registry.ts'
export { catalogQueries, fingerprintsQuery, schemasQuery } from './postgres/catalog-queries.ts'
