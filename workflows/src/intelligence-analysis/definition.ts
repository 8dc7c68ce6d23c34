import { z } from 'zod'
import { tableKinds } from '../catalog.ts'
import { defineJob } from '../job-definition.ts'

const decides = ['scope', 'sampleRows', 'maxTokens', 'maxCostCents'] as const

export const intelligenceAnalysis = defineJob({
  id: 'intelligence_analysis',
  label: 'AI documentation',
  description: 'Writes documentation for tables and columns: by a language model, or by rules where none is set up',
  workflow: 'intelligenceAnalysis',
  assetKinds: ['database', 'schema', ...tableKinds],
  config: z.strictObject({
    scope: z.enum(['changed', 'all']).default('changed').meta({
      title: 'Tables',
      description: 'Changed: only those of which something else is known than when they were documented last',
    }),
    sampleRows: z.int().min(0).max(1000).default(100).meta({
      title: 'Sample of each table',
      description: 'Rows read to see forms and lists of values; personal data is never kept. 0 reads none',
      unit: 'rows',
    }),
    maxTokens: z.int().min(0).max(1e9).default(2_000_000).meta({
      title: 'Most tokens',
      description: 'How many tokens one job asks and is answered; then it stops. Without a model none are used',
      unit: 'tokens',
    }),
    maxCostCents: z.int().min(0).max(1e7).default(1_000).meta({
      title: 'Most money',
      description: 'What one job spends by the prices that the worker was told; then it stops',
      unit: 'cents',
    }),
  }),
  steps: [
    { name: 'select', label: 'Select tables', weight: 5, unit: 'tables', queue: 'ledger', version: 1, uses: [] },
    {
      name: 'sample',
      label: 'Sample values',
      weight: 25,
      unit: 'tables',
      queue: 'warehouse',
      version: 1,
      uses: ['sampleRows'],
    },
    {
      name: 'describe',
      label: 'Describe tables',
      weight: 65,
      unit: 'tables',
      queue: 'intelligence',
      version: 1,
      uses: decides,
    },
    {
      name: 'store',
      label: 'Store documentation',
      weight: 5,
      unit: 'texts',
      queue: 'ledger',
      version: 1,
      uses: decides,
    },
  ],
  result: 'documentation',
})
