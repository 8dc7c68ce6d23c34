import type { ChangeKind, SchemaChange } from '@plumbline/workflows'

type BreakingRule = 'always' | 'never' | 'when-narrower' | 'when-required' | 'when-identifying'

/**
 * Which changes break a reader or writer that worked before.
 *
 * `when-narrower`: the new type does not hold every value of the old one. `when-required`: a value must be given where none
 * was needed. `when-identifying`: a primary or unique key, on which joins and upserts rely. A changed view definition does not
 * break by itself: what readers see of it are its columns, and those are compared too. The order of columns matters only to
 * statements that name none.
 */
const rules: Record<ChangeKind, BreakingRule> = {
  schema_added: 'never',
  schema_removed: 'always',
  schema_renamed: 'always',
  table_added: 'never',
  table_removed: 'always',
  table_renamed: 'always',
  table_moved: 'always',
  column_added: 'when-required',
  column_removed: 'always',
  column_renamed: 'always',
  column_moved: 'never',
  type_changed: 'when-narrower',
  nullability_changed: 'when-required',
  default_changed: 'never',
  generation_changed: 'always',
  key_added: 'never',
  key_removed: 'when-identifying',
  key_changed: 'when-identifying',
  index_added: 'never',
  index_removed: 'never',
  index_changed: 'never',
  definition_changed: 'never',
  partition_changed: 'never',
  comment_changed: 'never',
}

/** What is known of one change, where its rule asks. */
export interface ChangeFacts {
  narrower?: boolean
  required?: boolean
  identifying?: boolean
}

export function isBreaking(kind: ChangeKind, facts: ChangeFacts = {}): boolean {
  switch (rules[kind]) {
    case 'always':
      return true
    case 'never':
      return false
    case 'when-narrower':
      return facts.narrower === true
    case 'when-required':
      return facts.required === true
    case 'when-identifying':
      return facts.identifying === true
  }
}

/** Texts are for a person: a definition of many pages is cut, the whole of it is in the asset's versions. */
const maxText = 4000
const cut = (text: string | null): string | null =>
  text !== null && text.length > maxText ? `${text.slice(0, maxText - 1)}…` : text

export function changeOf(
  kind: ChangeKind,
  values: { column?: string; before?: string | null; after?: string | null },
  facts?: ChangeFacts,
): SchemaChange {
  return {
    kind,
    column: values.column ?? null,
    before: cut(values.before ?? null),
    after: cut(values.after ?? null),
    breaking: isBreaking(kind, facts),
  }
}
