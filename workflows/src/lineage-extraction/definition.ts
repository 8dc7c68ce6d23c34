import { z } from 'zod'
import { relationKinds } from '../catalog.ts'
import { defineJob } from '../job-definition.ts'
import { defaultFadeDays } from '../lineage.ts'

/** What decides which statements are found. */
const sourceFields = ['queries', 'functions', 'dbt', 'statementLimit'] as const

export const lineageExtraction = defineJob({
  id: 'lineage_extraction',
  label: 'Lineage extraction',
  description:
    'Finds which tables and columns data comes from: views, statements that ran, functions, dbt models and declared relations',
  workflow: 'lineageExtraction',
  assetKinds: ['database', 'schema', ...relationKinds],
  config: z.strictObject({
    scope: z
      .enum(['all', 'changed'])
      .default('all')
      .meta({ title: 'Relations', description: 'Changed: only those that changed since they were traced last' }),
    queries: z.boolean().default(true).meta({
      title: 'Query history',
      description:
        'Statements that ran, as the source counted them (pg_stat_statements) or keeps them (ACCESS_HISTORY, QUERY_HISTORY); values are taken out',
    }),
    functions: z.boolean().default(true).meta({
      title: 'Functions and procedures',
      description: 'Their bodies in SQL and PL/pgSQL, or Snowflake Scripting, whether or not they run',
    }),
    dbt: z.boolean().default(true).meta({
      title: 'dbt models',
      description: 'Of the manifest that was given to the connection; without one there is nothing to read',
    }),
    statementLimit: z.int().min(1).max(50_000).default(5_000).meta({
      title: 'Statements at most',
      description: 'Of the query history those that ran most often, and as many functions',
      unit: 'statements',
    }),
    fadeDays: z.int().min(1).max(3_650).default(defaultFadeDays).meta({
      title: 'Fades after',
      description: 'Lineage of statements that were not seen for so long is shown as faded; it is not removed',
      unit: 'days',
    }),
  }),
  steps: [
    {
      name: 'collect',
      label: 'Collect SQL',
      weight: 35,
      unit: 'relations',
      queue: 'warehouse',
      version: 2,
      uses: ['scope', ...sourceFields],
    },
    {
      name: 'parse',
      label: 'Parse',
      weight: 35,
      unit: 'queries',
      queue: 'analysis',
      version: 2,
      uses: ['scope', ...sourceFields],
    },
    {
      name: 'resolve',
      label: 'Resolve',
      weight: 15,
      unit: 'edges',
      queue: 'analysis',
      version: 2,
      uses: ['scope', ...sourceFields],
    },
    {
      name: 'store',
      label: 'Store lineage',
      weight: 15,
      unit: 'edges',
      queue: 'ledger',
      version: 2,
      uses: ['scope', ...sourceFields, 'fadeDays'],
    },
  ],
  result: 'lineage',
})
