import { z } from 'zod'
import { tableKinds } from '../catalog.ts'
import { defineJob } from '../job-definition.ts'

const uses = ['columns', 'reads', 'maxReadSeconds'] as const

export const freshnessCheck = defineJob({
  id: 'freshness_check',
  label: 'Freshness check',
  description: 'Finds when tables were last updated, and whether that is late',
  workflow: 'freshnessCheck',
  assetKinds: ['database', 'schema', ...tableKinds],
  config: z.strictObject({
    columns: z
      .array(z.string().trim().min(1).max(63))
      .max(20)
      .default([])
      .meta({
        title: 'Columns',
        description:
          'Names of columns that say when a row was changed; the first that a table has is read before all others',
        examples: ['updated_at'],
      }),
    reads: z.enum(['changed', 'always', 'never']).default('changed').meta({
      title: 'Reading of newest rows',
      description: 'Changed: of tables whose counters moved; always: of all; never: counters only',
    }),
    maxReadSeconds: z.int().min(1).max(3600).default(300).meta({
      title: 'Longest reading',
      description: 'Reading rows stops after this time; what is left is told by its counters',
      unit: 'seconds',
    }),
  }),
  steps: [
    { name: 'select', label: 'Select tables', weight: 5, unit: 'tables', queue: 'ledger', version: 1, uses: [] },
    { name: 'measure', label: 'Find last updates', weight: 65, unit: 'tables', queue: 'warehouse', version: 1, uses },
    { name: 'judge', label: 'Judge', weight: 20, unit: 'tables', queue: 'analysis', version: 1, uses },
    { name: 'store', label: 'Store freshness', weight: 10, unit: 'tables', queue: 'ledger', version: 1, uses },
  ],
  result: 'freshness',
})
