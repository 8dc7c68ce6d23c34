import { wholeCatalog, type CatalogScope, type DiscoveredRelation } from '@plumbline/workflows'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../../support/test-database.ts'
import { read, relationOf, type Catalog } from './catalog.ts'
import { execute, executeFile, rolePassword, targetOf, withSession } from './source-database.ts'

const column = (from: DiscoveredRelation, name: string) => from.document.columns.find((one) => one.name === name)

describe('a database with an object of every shape', () => {
  let url: string
  let catalog: Catalog
  beforeAll(async () => {
    url = await createDatabase()
    await executeFile(url, 'every-shape.sql')
    catalog = await read(url)
  })

  test('every relation and schema is told once, and nothing of the system', () => {
    expect([...catalog.relations].map(([name, { kind }]) => `${name}: ${kind}`).toSorted()).toEqual([
      'Odd Names.a "quoted" table: table',
      'public.types: table',
      'shop.booking: table',
      'shop.customer: table',
      'shop.line: table',
      'shop.purchase: table',
      'shop.purchase_2025: table',
      'shop.purchase_2026: table',
      'shop.purchase_2026_eu: table',
      'shop.recent: view',
      'shop.recent_emails: view',
      'shop.remote: external_table',
      'shop.turnover: materialized_view',
    ])
    expect(catalog.total).toBe(catalog.relations.size)
    expect(catalog.warnings).toEqual([])
    expect(catalog.schemas.map(({ name, comment, complete }) => ({ name, comment, complete }))).toEqual([
      { name: 'Odd Names', comment: null, complete: true },
      { name: 'empty', comment: null, complete: true },
      { name: 'public', comment: 'standard public schema', complete: true },
      { name: 'shop', comment: 'What the shop sells', complete: true },
    ])
  })

  test('columns keep their number as identity and have positions without gaps', () => {
    const customer = relationOf(catalog, 'shop.customer')
    expect(customer.document.comment).toBe('Who buys')
    expect(customer.document.columns.map(({ id, name, position }) => [id, name, position])).toEqual([
      ['1', 'id', 1],
      ['3', 'email', 2],
      ['4', 'name', 3],
      ['5', 'home', 4],
      ['6', 'created_at', 5],
    ])
    expect(column(customer, 'id')).toMatchObject({ identity: 'always', nullable: false, default: null })
    expect(column(customer, 'email')).toMatchObject({
      nativeType: 'character varying(200)',
      nullable: false,
      comment: 'Where news go',
    })
    expect(column(customer, 'name')).toMatchObject({ default: `'nobody'::text`, identity: null, comment: null })
    expect(column(customer, 'home')).toMatchObject({ nativeType: 'shop.address', type: 'struct', nullable: true })
    expect(column(relationOf(catalog, 'shop.purchase'), 'id')?.identity).toBe('by_default')
    expect(column(relationOf(catalog, 'shop.line'), 'taxed')).toMatchObject({
      default: null,
      generated: '(1.19 * (2)::numeric)',
    })
    expect(column(relationOf(catalog, 'shop.line'), 'number')).toMatchObject({
      type: 'integer',
      nativeType: 'shop.quantity',
      nullable: false,
    })
  })

  test('every type has its word', () => {
    const { columns } = relationOf(catalog, 'public.types').document
    expect(Object.fromEntries(columns.map(({ name, type }) => [name.slice(2), type]))).toEqual({
      array: 'array',
      bits: 'binary',
      bool: 'boolean',
      bytea: 'binary',
      char: 'text',
      cidr: 'network',
      composite: 'struct',
      date: 'date',
      domain: 'integer',
      domains: 'array',
      enum: 'text',
      enums: 'array',
      float4: 'float',
      float8: 'float',
      inet: 'network',
      int2: 'integer',
      int4: 'integer',
      int8: 'integer',
      interval: 'interval',
      json: 'json',
      jsonb: 'json',
      mac: 'network',
      money: 'decimal',
      name: 'text',
      numeric: 'decimal',
      oid: 'integer',
      point: 'geo',
      range: 'other',
      text: 'text',
      time: 'time',
      timestamp: 'timestamp',
      timestamptz: 'timestamp',
      timetz: 'time',
      uuid: 'uuid',
      varchar: 'text',
      vector: 'other',
      xml: 'text',
    })
  })

  test('keys have their columns in order and name the other end', () => {
    expect(relationOf(catalog, 'shop.customer').document.keys).toEqual([
      { kind: 'primary', name: 'customer_pkey', columns: ['id'], definition: 'PRIMARY KEY (id)', references: null },
      {
        kind: 'unique',
        name: 'customer_email_key',
        columns: ['email'],
        definition: 'UNIQUE (email)',
        references: null,
      },
      {
        kind: 'check',
        name: 'email_has_at',
        columns: ['email'],
        definition: `CHECK (((email)::text ~~ '%@%'::text))`,
        references: null,
      },
    ])
    const { keys } = relationOf(catalog, 'shop.line').document
    expect(keys.map(({ kind, columns }) => [kind, columns])).toEqual([
      ['primary', ['purchase_id', 'number']],
      ['foreign', ['purchase_placed_at', 'purchase_region', 'purchase_id']],
    ])
    expect(keys[1]).toMatchObject({
      name: 'of_purchase',
      references: {
        externalId: relationOf(catalog, 'shop.purchase').externalId,
        columns: ['placed_at', 'region', 'id'],
      },
    })
  })

  test('indexes have columns, expressions and included columns in order', () => {
    const { indexes } = relationOf(catalog, 'shop.customer').document
    expect(indexes.map(({ name, columns, unique, primary }) => ({ name, columns, unique, primary }))).toEqual([
      { name: 'customer_pkey', columns: ['id'], unique: true, primary: true },
      { name: 'customer_email_key', columns: ['email'], unique: true, primary: false },
      { name: 'customer_lower_name', columns: ['lower(name)', 'created_at'], unique: false, primary: false },
      { name: 'customer_with_name', columns: ['email', 'name'], unique: false, primary: false },
    ])
    expect(relationOf(catalog, 'shop.turnover').document.indexes).toHaveLength(1)
    expect(relationOf(catalog, 'shop.booking').document.indexes[0]).toMatchObject({ method: 'gist', unique: false })
  })

  test('partitions know their parent, bound and cut', () => {
    const parent = relationOf(catalog, 'shop.purchase')
    const inner = relationOf(catalog, 'shop.purchase_2026')
    expect(parent.document).toMatchObject({ partition: 'RANGE (placed_at)', partitionOf: null })
    expect(relationOf(catalog, 'shop.purchase_2025').document).toMatchObject({
      partition: `FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
      partitionOf: parent.externalId,
    })
    expect(inner.document).toMatchObject({
      partition: `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (region)`,
      partitionOf: parent.externalId,
    })
    expect(relationOf(catalog, 'shop.purchase_2026_eu').document.partitionOf).toBe(inner.externalId)
  })

  test('definitions of views name everything with its schema', () => {
    expect(relationOf(catalog, 'shop.recent').document).toMatchObject({ comment: 'New customers' })
    expect(relationOf(catalog, 'shop.recent').document.definition).toContain('FROM shop.customer')
    expect(relationOf(catalog, 'shop.turnover').document.definition).toContain('FROM shop.purchase')
    expect(relationOf(catalog, 'shop.customer').document.definition).toBeNull()
  })

  test('a second reading is the same to the byte', async () => {
    expect(JSON.stringify([...(await read(url)).relations])).toBe(JSON.stringify([...catalog.relations]))
  })

  test('only the schemas asked for are read; one that is not there is warned of', async () => {
    const part = await read(url, { scope: { schemas: ['Odd Names', `it's gone`] } })
    expect([...part.relations.keys()]).toEqual(['Odd Names.a "quoted" table'])
    expect(part.total).toBe(1)
    expect(part.schemas.map(({ name }) => name)).toEqual(['Odd Names'])
    expect(part.warnings).toMatchObject([{ code: 'schema-missing', object: `it's gone` }])
    expect((await read(url, { scope: { schemas: [] } })).total).toBe(0)
  })

  test('what still has the fingerprint it had is only told as unchanged', async () => {
    const known = new Map([...catalog.relations.values()].map((one) => [one.externalId, one.sourceFingerprint]))
    const again = await read(url, { known })
    expect([again.relations.size, again.unchanged.length]).toEqual([0, catalog.relations.size])
    const customer = relationOf(catalog, 'shop.customer').externalId
    const other = await read(url, { known: new Map([...known, [customer, 'another']]) })
    expect([...other.relations.keys()]).toEqual(['shop.customer'])
    expect(relationOf(other, 'shop.customer')).toEqual(relationOf(catalog, 'shop.customer'))
    expect(other.unchanged).toHaveLength(catalog.relations.size - 1)
  })

  test('patterns include and exclude, and partitions fold into their table', async () => {
    const names = async (scope: Partial<CatalogScope>) => {
      const part = await read(url, { scope })
      expect(part.total).toBe(part.relations.size)
      return [...part.relations.keys()].toSorted()
    }
    expect(await names({ include: ['shop.purchase*', 'public'], partitions: 'folded' })).toEqual([
      'public.types',
      'shop.purchase',
    ])
    expect(await names({ include: ['shop'], exclude: ['*.p*', '*.re*', 'shop.b?????g'] })).toEqual([
      'shop.customer',
      'shop.line',
      'shop.turnover',
    ])
    expect(await names({ include: [`Odd Names."a ""quoted"" table"`, `it's.\\`] })).toEqual([
      'Odd Names.a "quoted" table',
    ])
    const { schemas } = await read(url, { scope: { include: ['shop.line', 'o*'], exclude: ['shop*', 'public.t*'] } })
    expect(schemas).toEqual([])
  })

  test('a pattern that matches nothing is a warning of its own', async () => {
    const { warnings } = await read(url, {
      scope: {
        schemas: ['shop', 'empty'],
        include: ['shop.purchase*', 'empty', 'shop.purchase_2025', 'shop.Line', 'public.types', '*.*'],
        exclude: ['empty.x', 'shop.purchase_2026', 'tmp_*'],
        partitions: 'folded',
      },
    })
    expect(warnings.map(({ code, object }) => `${code} ${object}`)).toEqual([
      'pattern-unmatched shop.purchase_2025',
      'pattern-unmatched shop.Line',
      'pattern-unmatched public.types',
      'pattern-unmatched empty.x',
      'pattern-unmatched tmp_*',
    ])
    expect(warnings.at(-1)?.message).toMatch(
      /^The pattern tmp_\* \(exclude\) matches no schema, so nothing is left out/,
    )
  })

  test('a reading that is broken off leaves the session in order', async () => {
    await withSession(targetOf(url), async (session) => {
      for await (const event of session.readCatalog({})) if (event.kind === 'relations') break
      const kinds = []
      for await (const event of session.readCatalog({ scope: { ...wholeCatalog, schemas: ['empty'] } }))
        kinds.push(event.kind)
      expect(kinds).toEqual(['total', 'schema'])
    })
  })
})

test('what only newer versions have', async () => {
  const url = await createDatabase()
  await execute(
    url,
    `create table today (
       a int constraint a_is_there not null, b int generated always as (a * 2) virtual, c int generated always as (a + 1) stored,
       room int4range, during tstzrange,
       constraint some_c unique nulls not distinct (c), constraint unchecked check (a > 0) not enforced,
       constraint at_a_time unique (room, during without overlaps)
     )`,
  )
  const { document } = relationOf(await read(url), 'public.today')
  expect(document.columns.map(({ name, type, nullable, generated }) => ({ name, type, nullable, generated }))).toEqual([
    { name: 'a', type: 'integer', nullable: false, generated: null },
    { name: 'b', type: 'integer', nullable: true, generated: '(a * 2)' },
    { name: 'c', type: 'integer', nullable: true, generated: '(a + 1)' },
    { name: 'room', type: 'other', nullable: true, generated: null },
    { name: 'during', type: 'other', nullable: true, generated: null },
  ])
  expect(document.keys.map(({ kind, definition }) => [kind, definition])).toEqual([
    ['unique', 'UNIQUE (room, during WITHOUT OVERLAPS)'],
    ['unique', 'UNIQUE NULLS NOT DISTINCT (c)'],
    ['check', 'CHECK ((a > 0)) NOT ENFORCED'],
  ])
})

test('renamed relations, schemas and columns keep their identity', async () => {
  const url = await createDatabase()
  await execute(url, 'create schema before; create table before.one (a int, b int)')
  const before = relationOf(await read(url), 'before.one')
  await execute(
    url,
    'alter table before.one rename to two; alter table before.two rename b to c; alter schema before rename to after',
  )
  const after = relationOf(await read(url), 'after.two')
  expect(after.externalId).toBe(before.externalId)
  expect(after.document.columns.map(({ id }) => id)).toEqual(before.document.columns.map(({ id }) => id))
})

test('a role that may read nothing sees everything and is told what it cannot sample', async () => {
  const url = await createDatabase()
  await executeFile(url, 'every-shape.sql')
  const role = `reader_${new URL(url).pathname.slice(1)}`
  await execute(
    url,
    `create role ${role} login password '${rolePassword}'; grant usage on schema shop to ${role};
     grant select on shop.customer to ${role}; grant select (id) on shop.purchase to ${role};
     revoke all on schema public from public`,
  )
  const [full, poor] = [await read(url), await read(url, { settings: { user: role } })]
  const seen = ({ relations }: Catalog) =>
    [...relations.values()].map(({ readable: _readable, ...relation }) => relation)
  expect(seen(poor)).toEqual(seen(full))
  expect([...poor.relations.values()].filter(({ readable }) => readable).map(({ name }) => name)).toEqual([
    'customer',
    'purchase',
  ])
  expect(poor.schemas.every(({ complete }) => complete)).toBe(true)
  expect(poor.warnings.every(({ code }) => code === 'no-select')).toBe(true)
  const lacking = poor.warnings.map(({ object }) => object)
  expect(lacking).toHaveLength(full.relations.size - 2)
  expect(lacking).not.toContain('shop.customer')
  expect(lacking).not.toContain('shop.purchase')
  expect(poor.warnings).toContainEqual({
    code: 'no-select',
    object: 'public.types',
    message: expect.stringContaining('USAGE on schema "public"'),
  })
})

describe('a schema with a damaged view', () => {
  test('is the only one that stays incomplete', async () => {
    const url = await createDatabase()
    await execute(
      url,
      `create schema sound; create table sound.one (a int); create view sound.two as select a from sound.one;
       create schema damaged; create table damaged.base (a int); create view damaged.broken as select a from damaged.base;
       create schema later; create table later.three (a int);
       create function damaged.gone() returns int language sql as 'select 1';
       create view damaged.calls as select damaged.gone() as a;
       delete from pg_depend where refobjid = 'damaged.gone'::regproc; delete from pg_proc where proname = 'gone'`,
    )
    const catalog = await read(url)
    expect(catalog.schemas.map(({ name, complete }) => [name, complete])).toEqual([
      ['damaged', false],
      ['later', true],
      ['public', true],
      ['sound', true],
    ])
    expect([...catalog.relations.keys()]).toEqual(expect.arrayContaining(['later.three', 'sound.one', 'sound.two']))
    expect(catalog.warnings).toMatchObject([{ code: 'schema-unreadable', object: 'damaged' }])
    expect(catalog.warnings[0]?.message).toContain('cache lookup failed for function')
  })

  test('after hundreds of sound relations, each of them is told once', async () => {
    const url = await createDatabase()
    await execute(
      url,
      `do $$ begin for i in 1..600 loop execute format('create table t%s (a int)', i); end loop; end $$;
       create function gone() returns int language sql as 'select 1'; create schema damaged;
       create view damaged.calls as select gone() as a;
       delete from pg_depend where refobjid = 'gone'::regproc; delete from pg_proc where proname = 'gone'`,
    )
    const catalog = await read(url)
    expect(catalog.relations.size).toBe(600)
    expect(catalog.schemas.map(({ name, complete }) => [name, complete])).toEqual([
      ['damaged', false],
      ['public', true],
    ])
  })
})

test('the catalog is read as it was when the reading began', async () => {
  const url = await createDatabase()
  await execute(url, `do $$ begin for i in 1..300 loop execute format('create table t%s (a int)', i); end loop; end $$`)
  await withSession(targetOf(url), async (session) => {
    const names: string[] = []
    for await (const event of session.readCatalog({})) {
      if (event.kind !== 'relations') continue
      names.push(...event.relations.map(({ name }) => name))
      await execute(url, 'drop table if exists t300; create table if not exists late (a int)')
    }
    expect(names).toHaveLength(300)
    expect(names).not.toContain('late')
  })
})
