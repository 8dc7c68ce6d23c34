import { z } from 'zod'
import { tableKinds } from '../catalog.ts'
import { defineJob } from '../job-definition.ts'

const measured = ['exactUpToBytes', 'sampleBytes', 'columns', 'includeViews', 'tableTimeoutSeconds'] as const

export const metricCapture = defineJob({
  id: 'metric_capture',
  label: 'Metric capture',
  description: 'Counts rows, measures columns and custom metrics, and finds values out of their expected range',
  workflow: 'metricCapture',
  assetKinds: ['database', 'schema', ...tableKinds],
  config: z.strictObject({
    columns: z
      .boolean()
      .default(true)
      .meta({ title: 'Measure columns', description: 'Without it: row counts and custom metrics only' }),
    includeViews: z.boolean().default(false).meta({
      title: 'Include views',
      description: 'Also views and external tables, whose rows are counted up to 100,000; one the job is on always is',
    }),
    exactUpToBytes: z.int().min(0).max(1e13).default(268_435_456).meta({
      title: 'Read whole up to',
      description: 'Tables up to this size are read whole; larger ones are sampled, and their rows estimated',
      unit: 'bytes',
    }),
    sampleBytes: z
      .int()
      .min(8_192)
      .max(1e12)
      .default(67_108_864)
      .meta({ title: 'Sample size', description: 'How much is read of a table that is sampled', unit: 'bytes' }),
    maxBytes: z
      .int()
      .min(0)
      .max(1e15)
      .default(53_687_091_200)
      .meta({ title: 'Most data read', description: 'How much one job reads; then it stops', unit: 'bytes' }),
    maxMinutes: z
      .int()
      .min(1)
      .max(180)
      .default(60)
      .meta({ title: 'Longest run', description: 'How long one job measures; then it stops', unit: 'minutes' }),
    tableTimeoutSeconds: z
      .int()
      .min(1)
      .max(1_800)
      .default(60)
      .meta({ title: 'Longest for one table', description: 'How long one table may take', unit: 'seconds' }),
  }),
  steps: [
    {
      name: 'select',
      label: 'Select tables',
      weight: 5,
      unit: 'tables',
      queue: 'ledger',
      version: 1,
      uses: ['includeViews'],
    },
    {
      name: 'measure',
      label: 'Measure',
      weight: 75,
      unit: 'tables',
      queue: 'warehouse',
      version: 1,
      uses: [...measured, 'maxBytes', 'maxMinutes'],
    },
    {
      name: 'judge',
      label: 'Judge',
      weight: 15,
      unit: 'tables',
      queue: 'analysis',
      version: 1,
      uses: [...measured, 'maxBytes', 'maxMinutes'],
    },
    {
      name: 'store',
      label: 'Store points',
      weight: 5,
      unit: 'points',
      queue: 'ledger',
      version: 1,
      uses: [...measured, 'maxBytes', 'maxMinutes'],
    },
  ],
  result: 'metrics',
})
