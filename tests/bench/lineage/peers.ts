import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { withPython, type PythonResult } from '../python.ts'
import type { LineageCase } from './cases.ts'

/** DuckDB's extension carries the queries of TPC-DS; they are read here and kept nowhere. */
const packages = ['sqlglot==30.22.0', 'duckdb==1.5.5', 'duckdb-extensions==1.5.5', 'duckdb-extension-tpcds==1.5.5']
const fetchMs = 60_000
const traceMs = 300_000

const tpcds = z.object({ queries: z.array(z.string()), schema: z.record(z.string(), z.array(z.string())) })
const rate = z.object({ perSecond: z.number(), failed: z.number() })
const rates = z.object({ version: z.string(), rates: z.object({ cases: rate, tpcds: rate }) })

export interface Peers {
  tpcds: z.infer<typeof tpcds>
  /** Statements that sqlglot traces in a second, and how many of them it cannot. */
  sqlglot: z.infer<typeof rates>
}

/** What the figures are compared with, measured in the same run: the queries of TPC-DS, and sqlglot over the same statements. */
export const comparePeers = (cases: readonly LineageCase[]): Promise<PythonResult<Peers>> =>
  withPython(packages, async ({ folder, run }) => {
    const [queries, input, output] = ['queries.json', 'sets.json', 'rates.json'].map((name) => join(folder, name))
    const fetched = await run(new URL('tpcds-queries.py', import.meta.url), [queries ?? ''], fetchMs)
    if (fetched !== undefined) return { kind: 'skipped', reason: fetched }
    const found = tpcds.parse(await read(queries))
    const sets = {
      cases: cases.map(({ dialect, sql, schema }) => ({ dialect, sql, schema })),
      tpcds: found.queries.map((sql) => ({ dialect: 'postgres', sql, schema: found.schema })),
    }
    await writeFile(input ?? '', JSON.stringify(sets))
    const traced = await run(new URL('sqlglot-lineage.py', import.meta.url), [input ?? '', output ?? ''], traceMs)
    if (traced !== undefined) return { kind: 'skipped', reason: traced }
    return { kind: 'done', value: { tpcds: found, sqlglot: rates.parse(await read(output)) } }
  })

const read = async (file = ''): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))
