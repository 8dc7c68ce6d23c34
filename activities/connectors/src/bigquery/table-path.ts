export interface NamedTable {
  /** Its dataset. */
  schema: string
  name: string
}

/** Of a table in the REST API. */
export const tablePath = ({ schema, name }: NamedTable): string => `/datasets/${schema}/tables/${name}`
