import { Client } from 'pg'

/** How large a source is; foreign keys beyond one a table point two tables back. */
export interface SourceSize {
  tables: number
  foreignKeys: number
  views: number
}

const schemas = 10
/** One transaction locks every relation that it makes: with more of them the lock table of the server is full. */
const tablesPerTransaction = 500

/** Tables of twenty columns with a primary key and a comment, foreign keys between neighbours, and views that join two of them. */
export async function makeLargeSource(url: string, { tables, foreignKeys, views }: SourceSize): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (let s = 0; s < schemas; s++) await client.query(`create schema s${s}`)
    for (let from = 0; from < tables; from += tablesPerTransaction) {
      const to = Math.min(from + tablesPerTransaction, tables)
      await client.query(`do $$ begin for n in ${from}..${to - 1} loop
        execute format('create table s%s.t%s (id bigint primary key, before_id bigint, ${columns})', n % ${schemas}, n);
        execute format('comment on column s%s.t%s.c1 is %L', n % ${schemas}, n, 'column one of ' || n);
        end loop; end $$`)
    }
    await inParts(client, foreignKeys, (from, to) => foreignKeysOf(from, to, tables))
    await inParts(client, views, viewsOf)
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

/** Rows for each of its tables: addresses in `c1`, numbers in `c2`. */
export async function fillLargeSource(url: string, { tables }: SourceSize, rows: number): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await inParts(client, tables, (from, to) => rowsOf(from, to, rows))
  } finally {
    await client.end()
  }
}

const types = ['text', 'integer', 'numeric(10,2)', 'timestamptz']
const columns = Array.from({ length: 18 }, (_, n) => `c${n + 1} ${types[n % types.length]}`).join(', ')

async function inParts(client: Client, count: number, statements: (from: number, to: number) => string): Promise<void> {
  for (let from = 0; from < count; from += tablesPerTransaction) {
    await client.query(statements(from, Math.min(from + tablesPerTransaction, count)))
  }
}

const table = (n: string): string => `s' || ((${n}) % ${schemas}) || '.t' || (${n}) || '`

const foreignKeysOf = (
  from: number,
  to: number,
  tables: number,
): string => `do $$ begin for n in ${from}..${to - 1} loop
  execute 'alter table ${table(`n % ${tables}`)} add constraint fk' || (n / ${tables}) || ' foreign key (before_id) references ${table(
    `(n + 1 + n / ${tables}) % ${tables}`,
  )} (id)';
  end loop; end $$`

const viewsOf = (from: number, to: number): string => `do $$ begin for n in ${from}..${to - 1} loop
  execute 'create view s' || (n % ${schemas}) || '.v' || n || ' as select a.id, a.c1 as name, b.c3 * 2 as doubled, b.c4
    from ${table('n')} a join ${table('n + 1')} b on b.id = a.before_id where a.c2 > 0';
  end loop; end $$`

const rowsOf = (from: number, to: number, rows: number): string => `do $$ begin for n in ${from}..${to - 1} loop
  execute format('insert into s%s.t%s (id, c1, c2) select i, ''person'' || i || ''@example.org'', i from generate_series(1, ${rows}) i',
    n % ${schemas}, n);
  end loop; end $$`
