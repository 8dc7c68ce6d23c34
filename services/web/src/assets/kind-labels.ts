import type { AssetKind } from '@plumbline/workflows'

export const kindLabels: Record<AssetKind, { one: string; many: string }> = {
  database: { one: 'Database', many: 'Databases' },
  schema: { one: 'Schema', many: 'Schemas' },
  table: { one: 'Table', many: 'Tables' },
  view: { one: 'View', many: 'Views' },
  materialized_view: { one: 'Materialized view', many: 'Materialized views' },
  external_table: { one: 'External table', many: 'External tables' },
  stream: { one: 'Stream', many: 'Streams' },
  stage: { one: 'Stage', many: 'Stages' },
}
