import { z } from 'zod'
import { zId, zTime } from './primitives.ts'

/** The dbt manifest of a connection. */
export const zDbtManifest = z.object({
  connectionId: zId,
  project: z.string(),
  dbtVersion: z.string(),
  generatedAt: zTime.nullable(),
  nodes: z.int().describe('Models, seeds, snapshots and sources'),
  withoutSql: z.int().describe('Models that are not compiled: run dbt compile, and their columns are traced too'),
  otherDatabase: z.int().describe('Nodes of another database than that of the connection: they are left out'),
  bytes: z.int(),
  uploadedAt: zTime,
})
export type DbtManifest = z.output<typeof zDbtManifest>
