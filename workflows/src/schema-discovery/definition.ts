import { z } from 'zod'
import { defineJob } from '../job-definition.ts'

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
      .describe('Read only these schemas; everything else stays as it was found last'),
    followUps: z
      .array(z.enum(['tag_generation', 'lineage_extraction']))
      .default(['tag_generation', 'lineage_extraction'])
      .describe('The jobs started at the end for what changed'),
  }),
  steps: [
    { name: 'connect', label: 'Connect', weight: 5, unit: null, queue: 'warehouse', version: 1, uses: [] },
    {
      name: 'read_catalog',
      label: 'Read catalog',
      weight: 50,
      unit: 'relations',
      queue: 'warehouse',
      version: 1,
      uses: ['schemas'],
    },
    {
      name: 'compare',
      label: 'Compare with the last snapshot',
      weight: 15,
      unit: 'relations',
      queue: 'analysis',
      version: 1,
      uses: ['schemas'],
    },
    { name: 'store', label: 'Store', weight: 25, unit: 'assets', queue: 'ledger', version: 1, uses: ['schemas'] },
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
