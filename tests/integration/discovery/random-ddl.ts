import { array, constantFrom, nat, record, type Arbitrary } from 'fast-check'

/** A database as the test believes it is; identities are the test's own. */
export interface Model {
  tables: ModelTable[]
  views: { name: string; query: number }[]
  /** What foreign keys and views hold on to: it is renamed, and they follow. */
  anchor: { name: string; column: string }
  /** Schemas that stay empty, beside those of the tables. */
  schemas: { id: number; name: string; comment: string | null }[]
  /** Of `public.parted`, by their one value. */
  partitions: { id: number; name: string; value: number; attached: boolean }[]
  nextId: number
}

export interface ModelTable {
  id: number
  schema: string
  name: string
  comment: string | null
  columns: ModelColumn[]
  keys: ModelKey[]
  indexes: ModelIndex[]
}

export interface ModelKey {
  id: number
  name: string
  column: number
  kind: 'unique' | 'check' | 'foreign'
}

export interface ModelIndex {
  id: number
  name: string
  column: number
}

export interface ModelColumn {
  id: number
  name: string
  type: string
  nullable: boolean
  default: string | null
  identity: boolean
  comment: string | null
}

export const schemas = ['alpha', 'Beta "2"'] as const
const types = ['integer', 'bigint', 'text', 'character varying(20)', 'numeric(10,2)', 'date'] as const

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
  'change identity',
  'comment column',
  'add key',
  'drop key',
  'rename key',
  'add index',
  'drop index',
  'rename index',
  'create view',
  'replace view',
  'drop view',
  'rename anchor',
  'rename anchor column',
  'create schema',
  'drop schema',
  'rename schema',
  'comment schema',
  'create partition',
  'attach or detach partition',
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

export const emptyModel = (): Model => ({
  tables: [],
  views: [],
  anchor: { name: 'anchor', column: 'id' },
  schemas: [],
  partitions: [],
  nextId: 1,
})

export const setup = `${schemas.map((schema) => `create schema ${quote(schema)}`).join(';')};
  create table public.anchor (id integer primary key);
  create table public.parted (id integer) partition by list (id)`

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
    case 'rename anchor':
    case 'rename anchor column':
      return renameAnchor(model, step)
    case 'create schema':
    case 'drop schema':
    case 'rename schema':
    case 'comment schema':
      return changeSchema(model, step)
    case 'create partition':
    case 'attach or detach partition':
      return changePartition(model, step)
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
  return { id: model.nextId++, name, type, nullable: true, default: null, identity: false, comment: null }
}

function changeView(model: Model, { operation, pick }: Step): string | null {
  if (operation === 'create view') {
    const view = { name: `v${model.nextId++}`, query: pick }
    model.views.push(view)
    return `create view alpha.${view.name} as ${viewQuery(model, view.query)}`
  }
  const view = at(model.views, pick)
  if (!view) return null
  if (operation === 'drop view') {
    model.views.splice(model.views.indexOf(view), 1)
    return `drop view alpha.${view.name}`
  }
  view.query++
  return `create or replace view alpha.${view.name} as ${viewQuery(model, view.query)}`
}

const viewQuery = ({ anchor: { name, column } }: Model, number: number): string =>
  `select ${column} + ${number} as n, ${column} as m from public.${name}`

function renameAnchor(model: Model, step: Step): string {
  const { anchor } = model
  const old = { ...anchor }
  if (nameOf(step) === 'rename anchor') {
    anchor.name = `a${model.nextId++}`
    return `alter table public.${old.name} rename to ${anchor.name}`
  }
  anchor.column = `i${model.nextId++}`
  return `alter table public.${old.name} rename column ${old.column} to ${anchor.column}`
}

function changeSchema(model: Model, step: Step): string | null {
  if (nameOf(step) === 'create schema') {
    const schema = { id: model.nextId, name: `s${model.nextId++}`, comment: null }
    model.schemas.push(schema)
    return `create schema ${schema.name}`
  }
  const schema = at(model.schemas, step.pick)
  if (!schema) return null
  const { name } = schema
  switch (nameOf(step)) {
    case 'drop schema':
      model.schemas.splice(model.schemas.indexOf(schema), 1)
      return `drop schema ${name}`
    case 'rename schema':
      schema.name = `s${model.nextId++}`
      return `alter schema ${name} rename to ${schema.name}`
    default:
      schema.comment = `note ${model.nextId++}`
      return `comment on schema ${name} is '${schema.comment}'`
  }
}

function changePartition(model: Model, step: Step): string | null {
  if (nameOf(step) === 'create partition') {
    const id = model.nextId++
    const partition = { id, name: `p${id}`, value: id, attached: true }
    model.partitions.push(partition)
    return `create table public.${partition.name} partition of public.parted for values in (${id})`
  }
  const partition = at(model.partitions, step.pick)
  if (!partition) return null
  partition.attached = !partition.attached
  const { name, value, attached } = partition
  return `alter table public.parted ${attached ? 'attach' : 'detach'} partition public.${name}${attached ? ` for values in (${value})` : ''}`
}

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
      if (column.default !== null || column.identity || hasForeignKey(table, column)) return null
      column.type = at(types, step.more) ?? types[0]
      return `${alter} alter column ${name} type ${column.type} using null`
    case 'change nullability':
      if (column.identity) return null
      column.nullable = !column.nullable
      return `${alter} alter column ${name} ${column.nullable ? 'drop' : 'set'} not null`
    case 'change default':
      if (column.type !== 'integer' || column.identity) return null
      column.default = column.default === null ? String(step.more) : null
      return `${alter} alter column ${name} ${column.default === null ? 'drop default' : `set default ${column.default}`}`
    case 'change identity': {
      if (column.type !== 'integer' || column.default !== null) return null
      column.identity = !column.identity
      if (!column.identity) return `${alter} alter column ${name} drop identity`
      column.nullable = false
      return `${alter} alter column ${name} set not null, alter column ${name} add generated by default as identity`
    }
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
      const id = model.nextId++
      const key = { id, name: `k${id}`, column: column.id, kind }
      table.keys.push(key)
      return `${alter} add constraint ${key.name} ${keyText(model, kind, quote(column.name))}`
    }
    case 'rename key': {
      const key = at(table.keys, step.more)
      if (!key) return null
      const { name } = key
      key.name = `k${model.nextId++}`
      return `${alter} rename constraint ${name} to ${key.name}`
    }
    case 'drop key': {
      const key = at(table.keys, step.more)
      if (!key) return null
      table.keys.splice(table.keys.indexOf(key), 1)
      return `${alter} drop constraint ${key.name}`
    }
    case 'add index': {
      const id = model.nextId++
      const index = { id, name: `i${id}`, column: column.id }
      table.indexes.push(index)
      return `create index ${index.name} on ${place(table)} (${quote(column.name)})`
    }
    case 'rename index': {
      const index = at(table.indexes, step.more)
      if (!index) return null
      const { name } = index
      index.name = `i${model.nextId++}`
      return `alter index ${quote(table.schema)}.${name} rename to ${index.name}`
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

function keyText({ anchor }: Model, kind: ModelKey['kind'], column: string): string {
  if (kind === 'unique') return `unique (${column})`
  return kind === 'check'
    ? `check (${column} is null or true)`
    : `foreign key (${column}) references public.${anchor.name} (${anchor.column})`
}
