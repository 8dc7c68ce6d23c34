import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createRecord } from '../../support/test-database.ts'

const source = fileURLToPath(new URL('../../../activities/store/src', import.meta.url))

/** `asset.parent_id?` for a column that may be null, in alphabetical order. */
async function columnsOfTypes(): Promise<string[]> {
  const texts: string[] = []
  for await (const file of glob(['tables.ts', '**/*-table.ts'], { cwd: source })) {
    texts.push(await readFile(`${source}/${file}`, 'utf8'))
  }
  const text = texts.join('\n')
  const body = (name: string) => new RegExp(String.raw`interface ${name} \{\n([\s\S]*?)\n\}`).exec(text)?.[1] ?? ''
  const tables = [...body('Tables').matchAll(/^ {2}(\w+): (\w+)$/gm)]
  return tables
    .flatMap(([, table, type]) =>
      [...body(type ?? '').matchAll(/^ {2}(\w+): (.+)$/gm)].map(([, column, kind]) => {
        const nullable = /\| null(>|$)|^NullableJson</.test(kind ?? '')
        return `${table}.${column}${nullable ? '?' : ''}`
      }),
    )
    .toSorted()
}

async function columnsOfDatabase(): Promise<string[]> {
  const client = new Client({ connectionString: await createRecord() })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(`
      select c.relname || '.' || a.attname || case when a.attnotnull then '' else '?' end as name
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migration'`)
    return rows.map((row) => row.name).toSorted()
  } finally {
    await client.end()
  }
}

test('the hand-written row types name the columns of the migrated database, and which may be null', async () => {
  expect(await columnsOfTypes()).toEqual(await columnsOfDatabase())
})
