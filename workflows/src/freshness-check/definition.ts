import { z } from 'zod'
import { relationKinds } from '../catalog.ts'
import { defineJob } from '../job-definition.ts'

const uses = ['columns', 'reads', 'maxReadSeconds'] as const

export const freshnessCheck = defineJob({
  id: 'freshness_check',
  label: 'Freshness check',
  description: 'Finds when tables were last updated, and whether that is late',
  workflow: 'freshnessCheck',
  assetKinds: ['database', 'schema', ...relationKinds],
  config: z.strictObject({
    columns: z
      .array(z.string().trim().min(1).max(63))
      .max(20)
      .default([])
      .describe(
        'Names of columns that say when a row was changed; the first that a table has is read before all others',
      ),
    reads: z
      .enum(['changed', 'always', 'never'])
      .default('changed')
      .describe('Which tables the newest rows are read of: those whose counters moved, all, or none'),
    maxReadSeconds: z
      .int()
      .min(1)
      .max(3600)
      .default(300)
      .describe('Reading rows stops after this time; what is left is told by its counters'),
  }),
  steps: [
    { name: 'select', label: 'Select tables', weight: 5, unit: 'tables', queue: 'ledger', version: 1, uses: [] },
    { name: 'measure', label: 'Find last updates', weight: 65, unit: 'tables', queue: 'warehouse', version: 1, uses },
    { name: 'judge', label: 'Judge', weight: 20, unit: 'tables', queue: 'analysis', version: 1, uses },
    { name: 'store', label: 'Store freshness', weight: 10, unit: 'tables', queue: 'ledger', version: 1, uses },
  ],
  result: 'freshness',
})
