import { readFileSync } from 'node:fs'
import { z } from 'zod'

const pair = z.tuple([z.string(), z.string()])

/** A labelled case: what a statement or a script is to give. `null` is not stated. */
const lineageCase = z.object({
  id: z.string(),
  dialect: z.enum(['postgres', 'snowflake', 'bigquery', 'generic']),
  sql: z.string(),
  schema: z.record(z.string(), z.array(z.string())).default({}),
  expected_table: z.object({ sources: z.array(z.string()), targets: z.array(z.string()) }).nullable(),
  expected_columns: z.array(pair).nullable(),
  optional_sources: z.array(z.string()).default([]),
  /** Prefixes that a name may have or not. */
  defaults: z.array(z.string()).default([]),
  check_targets: z.array(z.string()).optional(),
  ignore_targets: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
})
export type LineageCase = z.infer<typeof lineageCase>

/** A line of the answer. */
export interface Answer {
  id: string
  tables: { sources: string[]; targets: string[] }
  /** Source as `table.column`; target so, or the bare name of a query's column. */
  columns: [string, string][]
  error?: string
}

export const readCases = (file: string): LineageCase[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => lineageCase.parse(JSON.parse(line)))
