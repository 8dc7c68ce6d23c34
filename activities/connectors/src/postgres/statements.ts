/** The statements that are measured by benches. */
export { catalogQueries } from './catalog-queries.ts'
export { schemasQuery } from './scope-queries.ts'
export { observationQuery } from './freshness/observe-tables.ts'
