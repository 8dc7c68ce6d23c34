import type { KeyDocument } from '@plumbline/workflows'
import { relationKey, type RelationRow } from './catalog-rows.ts'
import type { SnowflakeLink } from './link.ts'
import { writtenIdentifier } from './quote.ts'
import { showKeys } from './show.ts'

/** A row of `SHOW PRIMARY KEYS` and `SHOW UNIQUE KEYS`: one a column. */
interface KeyRow {
  schema_name: string
  table_name: string
  column_name: string
  key_sequence: number | string
  constraint_name: string
}

/** A row of `SHOW IMPORTED KEYS`; `fk_` is the table that refers. */
interface ImportedRow {
  pk_database_name: string
  pk_schema_name: string
  pk_table_name: string
  pk_column_name: string
  fk_schema_name: string
  fk_table_name: string
  fk_column_name: string
  key_sequence: number | string
  fk_name: string
}

export interface KeyScope {
  database: string
  schemas: readonly string[]
  relations: readonly RelationRow[]
  /** By `relationKey`. */
  ids: ReadonlyMap<string, string>
}

/** The keys of all relations by `relationKey`; Snowflake enforces none but NOT NULL, so they are what people declare. */
export async function readKeys(link: SnowflakeLink, scope: KeyScope): Promise<Map<string, KeyDocument[]>> {
  const { database, schemas, relations } = scope
  const bySchema = Map.groupBy(relations, ({ schema }) => schema)
  const tablesOf = (schema: string) => (bySchema.get(schema) ?? []).map(({ name }) => name)
  const place = { database, schemas, tablesOf }
  const primary = await showKeys<KeyRow>(link, 'PRIMARY KEYS', place)
  const unique = await showKeys<KeyRow>(link, 'UNIQUE KEYS', place)
  const imported = await showKeys<ImportedRow>(link, 'IMPORTED KEYS', place)
  const found = new Map<string, KeyDocument[]>()
  for (const { relation, key } of [
    ...ownKeys('primary', primary),
    ...ownKeys('unique', unique),
    ...foreignKeys(imported, scope),
  ]) {
    const keys = found.get(relation) ?? []
    keys.push(key)
    found.set(relation, keys)
  }
  return found
}

interface FoundKey {
  /** `relationKey` of the table that declares it. */
  relation: string
  key: KeyDocument
}

function ownKeys(kind: 'primary' | 'unique', rows: readonly KeyRow[]): FoundKey[] {
  const groups = Map.groupBy(rows, ({ schema_name: schema, table_name: name, constraint_name: constraint }) =>
    JSON.stringify([schema, name, constraint]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const columns = inOrder(group).map(({ column_name: column }) => column)
    const written = columns.map(writtenIdentifier).join(', ')
    const definition = `${kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE'} (${written})`
    const key: KeyDocument = {
      kind,
      name: stableName(first.constraint_name, definition),
      columns,
      definition,
      references: null,
    }
    return [{ relation: relationKey({ schema: first.schema_name, name: first.table_name }), key }]
  })
}

function foreignKeys(rows: readonly ImportedRow[], { database, ids }: KeyScope): FoundKey[] {
  const groups = Map.groupBy(rows, ({ fk_schema_name: schema, fk_table_name: name, fk_name: constraint }) =>
    JSON.stringify([schema, name, constraint]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const ordered = inOrder(group)
    const columns = ordered.map((row) => row.fk_column_name)
    const referred = ordered.map((row) => row.pk_column_name)
    const target = relationKey({ schema: first.pk_schema_name, name: first.pk_table_name })
    const externalId = first.pk_database_name === database ? ids.get(target) : undefined
    const definition = `FOREIGN KEY (${columns.map(writtenIdentifier).join(', ')}) REFERENCES ${placeOf(first, database)} (${referred.map(writtenIdentifier).join(', ')})`
    const key: KeyDocument = {
      kind: 'foreign',
      name: stableName(first.fk_name, definition),
      columns,
      definition,
      // Another database is another connection: its tables have no identity here.
      references: externalId === undefined ? null : { externalId, columns: referred },
    }
    return [{ relation: relationKey({ schema: first.fk_schema_name, name: first.fk_table_name }), key }]
  })
}

/** A key that nobody named gets another name each time its table is made anew: then it is called what it is. */
const stableName = (name: string, definition: string): string =>
  name.startsWith('SYS_CONSTRAINT_') ? definition : name

function placeOf(row: ImportedRow, database: string): string {
  const { pk_database_name: other, pk_schema_name: schema, pk_table_name: table } = row
  return [...(other === database ? [] : [other]), schema, table].map(writtenIdentifier).join('.')
}

const inOrder = <Row extends { key_sequence: number | string }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => Number(a.key_sequence) - Number(b.key_sequence))
