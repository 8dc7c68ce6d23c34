import { array, constantFrom, nat, record, type Arbitrary } from 'fast-check'

/** A database as the test believes it is; identities are the test's own. */
export interface Model {
  tables: ModelTable[]
  views: { name: string; query: number }[]
  nextId: number
}

export interface ModelTable {
  id: number
  schema: string
  name: string
  comment: string | null
  columns: ModelColumn[]
  keys: { name: string; column: number; kind: 'unique' | 'check' | 'foreign' }[]
  indexes: { name: string; column: number }[]
}

export interface ModelColumn {
  id: number
  name: string
  type: string
  nullable: boolean
  default: string | null
  comment: string | null
}

export const schemas = ['alpha', 'Beta "2"'] as const
const types = ['integer', 'bigint', 'text', 'character varying(20)', 'numeric(10,2)', 'date'] as const
/** Never touched, so that foreign keys and views have something to hold on to. */
const anchor = 'anchor'

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
const place = ({ schema, name }: { schema: string; name: string }): string => `${quote(schema)}.${quote(name)}`

export const operations = [
  'create table',
  'drop table',
  'drop and create table',
  'rename table',
  'swap table names',
  'move table',
  'comment table',
  'add column',
  'drop column',
  'drop and add column',
  'rename column',
  'swap column names',
  'change type',
  'change nullability',
  'change default',
  'comment column',
  'add key',
  'drop key',
  'add index',
  'drop index',
  'create view',
  'replace view',
  'drop view',
] as const

/** What to do and a few numbers to choose by; what cannot be done is passed over. */
export interface Step {
  operation: (typeof operations)[number]
  pick: number
  other: number
  more: number
}

export const arbitrarySteps = (maxLength: number): Arbitrary<Step[]> =>
  array(
    record({
      operation: constantFrom(...operations),
      pick: nat(1000),
      other: nat(1000),
      more: nat(1000),
    }),
    { minLength: 1, maxLength, size: 'max' },
  )

export const emptyModel = (): Model => ({ tables: [], views: [], nextId: 1 })

export const setup = `${schemas.map((schema) => `create schema ${quote(schema)}`).join(';')};
  create table public.${anchor} (id integer primary key)`

const at = <T>(list: readonly T[], number: number): T | undefined => list[number % Math.max(1, list.length)]

/** As a plain text: each function below knows some operations, and passes the others on. */
const nameOf = ({ operation }: Step): string => operation

/** Changes the model. @returns the statement that changes the database alike, null when there is nothing to do it to */
export function apply(model: Model, step: Step): string | null {
  const table = at(model.tables, step.pick)
  switch (nameOf(step)) {
    case 'create table':
      return createTable(model, at(schemas, step.other) ?? schemas[0], `t${model.nextId}`, step)
    case 'create view':
    case 'replace view':
    case 'drop view':
      return changeView(model, step)
    default:
      return table ? changeTable(model, table, step) : null
  }
}

function createTable(model: Model, schema: string, name: string, { more }: Step): string {
  const id = model.nextId++
  const columns = Array.from({ length: 1 + (more % 3) }, (_, n) => newColumn(model, more + n))
  model.tables.push({ id, schema, name, comment: null, columns, keys: [], indexes: [] })
  return `create table ${place({ schema, name })} (${columns.map(columnText).join(', ')})`
}

const columnText = (column: ModelColumn): string => `${quote(column.name)} ${column.type}`

function newColumn(model: Model, number: number, name = `c${model.nextId}`): ModelColumn {
  const type = at(types, number) ?? types[0]
  return { id: model.nextId++, name, type, nullable: true, default: null, comment: null }
}

function changeView(model: Model, { operation, pick }: Step): string | null {
  if (operation === 'create view') {
    const view = { name: `v${model.nextId++}`, query: pick }
    model.views.push(view)
    return `create view alpha.${view.name} as ${viewQuery(view.query)}`
  }
  const view = at(model.views, pick)
  if (!view) return null
  if (operation === 'drop view') {
    model.views.splice(model.views.indexOf(view), 1)
    return `drop view alpha.${view.name}`
  }
  view.query++
  return `create or replace view alpha.${view.name} as ${viewQuery(view.query)}`
}

const viewQuery = (number: number): string => `select id + ${number} as n from public.${anchor}`

function changeTable(model: Model, table: ModelTable, step: Step): string | null {
  const sql = place(table)
  switch (nameOf(step)) {
    case 'drop table':
      model.tables.splice(model.tables.indexOf(table), 1)
      return `drop table ${sql}`
    case 'drop and create table':
      model.tables.splice(model.tables.indexOf(table), 1)
      return `drop table ${sql}; ${createTable(model, table.schema, table.name, step)}`
    case 'rename table':
      table.name = `t${model.nextId++}`
      return `alter table ${sql} rename to ${quote(table.name)}`
    case 'swap table names': {
      const other = model.tables.find((one) => one !== table && one.schema === table.schema)
      if (!other) return null
      const [mine, others] = [table.name, other.name]
      table.name = others
      other.name = mine
      const within = quote(table.schema)
      return `alter table ${sql} rename to swapping; alter table ${within}.${quote(others)} rename to ${quote(mine)};
        alter table ${within}.swapping rename to ${quote(others)}`
    }
    case 'move table': {
      const schema = schemas.find((one) => one !== table.schema) ?? table.schema
      if (model.tables.some((one) => one.schema === schema && one.name === table.name)) return null
      table.schema = schema
      return `alter table ${sql} set schema ${quote(schema)}`
    }
    case 'comment table':
      table.comment = `note ${model.nextId++}`
      return `comment on table ${sql} is '${table.comment}'`
    case 'add column': {
      const column = newColumn(model, step.more)
      table.columns.push(column)
      return `alter table ${sql} add column ${columnText(column)}`
    }
    default: {
      const column = at(table.columns, step.other)
      return column ? changeColumn(model, table, column, step) : null
    }
  }
}

function changeColumn(model: Model, table: ModelTable, column: ModelColumn, step: Step): string | null {
  const alter = `alter table ${place(table)}`
  const name = quote(column.name)
  switch (nameOf(step)) {
    case 'drop column':
      dropColumn(table, column)
      return `${alter} drop column ${name}`
    case 'drop and add column': {
      dropColumn(table, column)
      const again = newColumn(model, step.more, column.name)
      table.columns.push(again)
      return `${alter} drop column ${name}; ${alter} add column ${columnText(again)}`
    }
    case 'rename column':
      column.name = `c${model.nextId++}`
      return `${alter} rename column ${name} to ${quote(column.name)}`
    case 'swap column names': {
      const other = table.columns.find((one) => one !== column)
      if (!other) return null
      const [mine, others] = [column.name, other.name]
      column.name = others
      other.name = mine
      return `${alter} rename column ${name} to swapping; ${alter} rename column ${quote(others)} to ${name};
        ${alter} rename column swapping to ${quote(others)}`
    }
    case 'change type':
      if (column.default !== null || hasForeignKey(table, column)) return null
      column.type = at(types, step.more) ?? types[0]
      return `${alter} alter column ${name} type ${column.type} using null`
    case 'change nullability':
      column.nullable = !column.nullable
      return `${alter} alter column ${name} ${column.nullable ? 'drop' : 'set'} not null`
    case 'change default':
      if (column.type !== 'integer') return null
      column.default = column.default === null ? String(step.more) : null
      return `${alter} alter column ${name} ${column.default === null ? 'drop default' : `set default ${column.default}`}`
    case 'comment column':
      column.comment = `note ${model.nextId++}`
      return `comment on column ${place(table)}.${name} is '${column.comment}'`
    default:
      return changeParts(model, table, column, step)
  }
}

const hasForeignKey = ({ keys }: ModelTable, { id }: ModelColumn): boolean =>
  keys.some(({ kind, column }) => kind === 'foreign' && column === id)

function dropColumn(table: ModelTable, { id }: ModelColumn): void {
  table.columns = table.columns.filter((column) => column.id !== id)
  table.keys = table.keys.filter(({ column }) => column !== id)
  table.indexes = table.indexes.filter(({ column }) => column !== id)
}

function changeParts(model: Model, table: ModelTable, column: ModelColumn, step: Step): string | null {
  const alter = `alter table ${place(table)}`
  switch (nameOf(step)) {
    case 'add key': {
      const kind = at(['unique', 'check', 'foreign'] as const, step.more) ?? 'unique'
      if (kind === 'foreign' && column.type !== 'integer') return null
      const key = { name: `k${model.nextId++}`, column: column.id, kind }
      table.keys.push(key)
      return `${alter} add constraint ${key.name} ${keyText(kind, quote(column.name))}`
    }
    case 'drop key': {
      const key = at(table.keys, step.more)
      if (!key) return null
      table.keys.splice(table.keys.indexOf(key), 1)
      return `${alter} drop constraint ${key.name}`
    }
    case 'add index': {
      const index = { name: `i${model.nextId++}`, column: column.id }
      table.indexes.push(index)
      return `create index ${index.name} on ${place(table)} (${quote(column.name)})`
    }
    case 'drop index': {
      const index = at(table.indexes, step.more)
      if (!index) return null
      table.indexes.splice(table.indexes.indexOf(index), 1)
      return `drop index ${quote(table.schema)}.${index.name}`
    }
    default:
      return null
  }
}

function keyText(kind: ModelTable['keys'][number]['kind'], column: string): string {
  if (kind === 'unique') return `unique (${column})`
  return kind === 'check'
    ? `check (${column} is null or true)`
    : `foreign key (${column}) references public.${anchor} (id)`
}
