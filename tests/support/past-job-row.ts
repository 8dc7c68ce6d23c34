import type { Tables } from '@plumbline/store'
import type { Insertable, Selectable } from 'kysely'

type JobRow = Insertable<Tables['job']>

/** The row of a job on the root asset of a connection, for a record that is filled with a past: what it does not say is a plain manual discovery. */
export const pastJobRow = (
  root: Pick<
    Selectable<Tables['asset']>,
    'id' | 'organization_id' | 'connection_id' | 'kind' | 'name' | 'qualified_name'
  >,
  part: Partial<JobRow> & Pick<JobRow, 'id'>,
): JobRow => ({
  organization_id: root.organization_id,
  type: 'schema_discovery',
  connection_id: root.connection_id,
  asset_id: root.id,
  database_id: root.id,
  asset_kind: root.kind,
  asset_name: root.name,
  asset_qualified_name: root.qualified_name,
  database_name: root.name,
  config: '{}',
  trigger_kind: 'manual',
  actor: 'ann',
  root_job_id: part.id,
  ...part,
})
