import { z } from 'zod'
import { relationKinds } from '../catalog.ts'
import { defineJob } from '../job-definition.ts'

export const lineageExtraction = defineJob({
  id: 'lineage_extraction',
  label: 'Lineage extraction',
  description: 'Finds which tables and columns the data of views comes from, and declared relations',
  workflow: 'lineageExtraction',
  assetKinds: ['database', 'schema', ...relationKinds],
  config: z.strictObject({
    scope: z
      .enum(['all', 'changed'])
      .default('all')
      .meta({ title: 'Relations', description: 'Changed: only those that changed since they were traced last' }),
  }),
  steps: [
    {
      name: 'collect',
      label: 'Collect SQL',
      weight: 35,
      unit: 'relations',
      queue: 'warehouse',
      version: 1,
      uses: ['scope'],
    },
    { name: 'parse', label: 'Parse', weight: 35, unit: 'relations', queue: 'analysis', version: 1, uses: ['scope'] },
    { name: 'resolve', label: 'Resolve', weight: 15, unit: 'edges', queue: 'analysis', version: 1, uses: ['scope'] },
    { name: 'store', label: 'Store lineage', weight: 15, unit: 'edges', queue: 'ledger', version: 1, uses: ['scope'] },
  ],
  result: 'lineage',
})
