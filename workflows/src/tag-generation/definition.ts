import { z } from 'zod'
import { tableKinds } from '../catalog.ts'
import { defineJob } from '../job-definition.ts'

export const tagGeneration = defineJob({
  id: 'tag_generation',
  label: 'Tag generation',
  description: 'Classifies columns: personal data, sensitivity, domain',
  workflow: 'tagGeneration',
  assetKinds: ['database', 'schema', ...tableKinds],
  config: z.strictObject({
    scope: z.enum(['all', 'changed']).default('all').meta({
      title: 'Tables',
      description: 'Changed: only those that changed since they were classified last',
    }),
    sampleRows: z.int().min(0).max(1000).default(200).meta({
      title: 'Sample of each table',
      description: 'Rows read to check values; 0 judges by names, types and what values showed before',
      unit: 'rows',
    }),
  }),
  steps: [
    { name: 'select', label: 'Select tables', weight: 5, unit: 'tables', queue: 'ledger', version: 1, uses: ['scope'] },
    {
      name: 'sample',
      label: 'Sample values',
      weight: 60,
      unit: 'tables',
      queue: 'warehouse',
      version: 3,
      uses: ['scope', 'sampleRows'],
    },
    {
      name: 'classify',
      label: 'Classify columns',
      weight: 25,
      unit: 'tables',
      queue: 'analysis',
      version: 4,
      uses: ['scope', 'sampleRows'],
    },
    {
      name: 'store',
      label: 'Store tags',
      weight: 10,
      unit: 'columns',
      queue: 'ledger',
      version: 2,
      uses: ['scope', 'sampleRows'],
    },
  ],
  result: 'tags',
})
