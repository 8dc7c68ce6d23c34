import { z } from 'zod'
import { patternHelp, patternShape } from '../catalog-pattern.ts'
import { partitionViews } from '../catalog-scope.ts'
import { defineJob } from '../job-definition.ts'

const zPattern = z.string().trim().min(1).max(300).regex(patternShape, `must be ${patternHelp}`)

/** What decides which objects are looked at: a step that found something for another scope is not taken over. */
const scopeFields = ['schemas', 'include', 'exclude', 'partitions'] as const

export const schemaDiscovery = defineJob({
  id: 'schema_discovery',
  label: 'Schema discovery',
  description: 'Reads schemas, tables, views, columns, keys and indexes, and what changed since the last time',
  workflow: 'schemaDiscovery',
  assetKinds: ['database'],
  config: z.strictObject({
    schemas: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(1000)
      .optional()
      .meta({
        title: 'Schemas',
        description: 'Exact names. Only these are read; everything else stays as it was found last',
        examples: ['sales'],
      }),
    include: z
      .array(zPattern)
      .min(1)
      .max(200)
      .optional()
      .meta({
        title: 'Include',
        description: `Only what matches one of these patterns is read, as sales, sales.order_*, *.fact_?. A pattern is ${patternHelp}`,
        examples: ['sales.order_*', '"odd.schema"."a table"'],
      }),
    exclude: z
      .array(zPattern)
      .min(1)
      .max(200)
      .optional()
      .meta({
        title: 'Exclude',
        description:
          'What matches one of these patterns is left out and stays as it was found last; written as above, tmp_* leaves out whole schemas',
        examples: ['*.tmp_*'],
      }),
    partitions: z.enum(partitionViews).default('shown').meta({
      title: 'Partitions',
      description: 'Folded: they belong to their table and are no assets of their own',
    }),
    maxRemovedShare: z.number().min(0).max(1).default(0.5).meta({
      title: 'Largest share removed',
      description:
        'A run that would remove more than this share of what is known is held back; all of it lets everything through',
      unit: 'share',
    }),
    followUps: z
      .array(z.enum(['tag_generation', 'lineage_extraction']))
      .default(['tag_generation', 'lineage_extraction'])
      .meta({ title: 'Follow-up jobs', description: 'Started at the end, for what changed' }),
  }),
  steps: [
    { name: 'connect', label: 'Connect', weight: 5, unit: null, queue: 'warehouse', version: 1, uses: [] },
    {
      name: 'read_catalog',
      label: 'Read catalog',
      weight: 50,
      unit: 'relations',
      queue: 'warehouse',
      version: 2,
      uses: scopeFields,
    },
    {
      name: 'compare',
      label: 'Compare with the last snapshot',
      weight: 15,
      unit: 'relations',
      queue: 'analysis',
      version: 2,
      uses: [...scopeFields, 'maxRemovedShare'],
    },
    {
      name: 'store',
      label: 'Store',
      weight: 25,
      unit: 'assets',
      queue: 'ledger',
      version: 2,
      uses: [...scopeFields, 'maxRemovedShare'],
    },
    {
      name: 'follow_ups',
      label: 'Start follow-up jobs',
      weight: 5,
      unit: 'jobs',
      queue: 'workflows',
      version: 1,
      uses: ['followUps'],
    },
  ],
  result: 'schema-changes',
})
