import type { ChangeKind } from '@plumbline/workflows'

/** What happened, as a person says it. */
export const changeLabels: Record<ChangeKind, string> = {
  schema_added: 'Schema added',
  schema_removed: 'Schema removed',
  schema_renamed: 'Schema renamed',
  table_added: 'Added',
  table_removed: 'Removed',
  table_renamed: 'Renamed',
  table_moved: 'Moved to another schema',
  column_added: 'Column added',
  column_removed: 'Column removed',
  column_renamed: 'Column renamed',
  column_moved: 'Column order changed',
  type_changed: 'Type changed',
  nullability_changed: 'Nullability changed',
  default_changed: 'Default changed',
  generation_changed: 'Generation changed',
  key_added: 'Key added',
  key_removed: 'Key removed',
  key_changed: 'Key changed',
  index_added: 'Index added',
  index_removed: 'Index removed',
  index_changed: 'Index changed',
  definition_changed: 'Definition changed',
  partition_changed: 'Partitioning changed',
  comment_changed: 'Comment changed',
}
