import { quoteIdentifier, quoteLiteral } from './quote.ts'

/** Schemas by name, all when null. */
export type SchemaPart = string | null

const ofSchema = (part: SchemaPart): string =>
  part === null ? `table_schema <> 'INFORMATION_SCHEMA'` : `table_schema = ${quoteLiteral(part)}`
export const viewOf = (database: string, name: string): string =>
  `${quoteIdentifier(database)}.information_schema.${name}`
const epochMs = (column: string): string => `date_part(epoch_millisecond, ${column})`

/** Every schema that the role sees. */
export const schemasStatement = (database: string): string => `
select schema_name as "name", comment as "comment", ${epochMs('created')} as "created"
from ${viewOf(database, 'schemata')} where schema_name <> 'INFORMATION_SCHEMA' order by schema_name`

export const tablesStatement = (database: string, part: SchemaPart): string => `
select table_schema as "schema", table_name as "name", table_type as "type", is_dynamic as "dynamic",
  ${epochMs('created')} as "created", comment as "comment", clustering_key as "clusteredBy"
from ${viewOf(database, 'tables')} where ${ofSchema(part)} order by table_schema, table_name`

/** The text of a secure view is shown to its owner only. */
export const viewsStatement = (database: string, part: SchemaPart): string => `
select table_schema as "schema", table_name as "name", ${epochMs('created')} as "created", comment as "comment",
  view_definition as "definition"
from ${viewOf(database, 'views')} where ${ofSchema(part)} order by table_schema, table_name`

export const columnsStatement = (database: string, part: SchemaPart): string => `
select table_schema as "schema", table_name as "relation", column_name as "name", data_type as "type",
  character_maximum_length as "length", numeric_precision as "precision", numeric_scale as "scale",
  datetime_precision as "timePrecision", is_nullable as "nullable", column_default as "default",
  is_identity as "identity", identity_generation as "identityGeneration", comment as "comment"
from ${viewOf(database, 'columns')} where ${ofSchema(part)} order by table_schema, table_name, ordinal_position`
