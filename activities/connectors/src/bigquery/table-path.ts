/** Of a table in the REST API. */
export const tablePath = ({ schema, name }: { schema: string; name: string }): string =>
  `/datasets/${schema}/tables/${name}`
