import type { ChangeKind, SchemaChange } from '@plumbline/workflows'

/** What is known of one change, where its rule asks. */
export interface ChangeFacts {
  narrower?: boolean
  required?: boolean
  identifying?: boolean
  detached?: boolean
}

/** Whether a reader or writer that worked before may fail or read something else after, and why, in a sentence. */
export interface Verdict {
  breaking: boolean
  reason: string
}

/** A change that breaks always, or never, or when `fact` says so. */
type Rule = { breaks: true | false; reason: string } | { fact: keyof ChangeFacts; breaks: string; holds: string }

const always = (reason: string): Rule => ({ breaks: true, reason })
const never = (reason: string): Rule => ({ breaks: false, reason })
const when = (fact: keyof ChangeFacts, breaks: string, holds: string): Rule => ({ fact, breaks, holds })

const oldName = 'Queries that use the old name fail'
const performance = 'Results stay the same; only speed may differ'

/**
 * A changed view definition does not break by itself: what readers see of it are its columns, and those are compared too. The
 * order of columns matters only to statements that name none.
 */
const rules: Record<ChangeKind, Rule> = {
  schema_added: never('Nothing reads it yet'),
  schema_removed: always('Queries on anything in it fail'),
  schema_renamed: always(oldName),
  table_added: never('Nothing reads it yet'),
  table_removed: always('Queries on it fail'),
  table_renamed: always(oldName),
  table_recreated: never(
    'Its columns are compared below; it was dropped and created again, so its rows are new and rights given on the old one are gone',
  ),
  database_rebuilt: never(
    'Most tables were created anew under their names, as by restoring a dump: that is told here once and not for each of them',
  ),
  table_moved: always('Queries that name it with its old schema fail'),
  column_added: when(
    'required',
    'Inserts that leave it out fail: it needs a value and has no default',
    'Inserts that leave it out still work',
  ),
  column_removed: always('Queries that name it fail'),
  column_renamed: always(oldName),
  column_moved: never('Only statements that name no columns see the order'),
  type_changed: when(
    'narrower',
    'The new type does not hold every value of the old one as it was',
    'The new type holds every value of the old one',
  ),
  nullability_changed: when(
    'required',
    'Writes of null fail',
    'Every value that could be written before still can; readers may meet null',
  ),
  default_changed: never('Only rows written from now on get the new value'),
  generation_changed: always('Who writes the column, or relies on how it is filled, may fail or get other values'),
  key_added: never('Readers see the same; writers meet one more rule'),
  key_removed: when(
    'identifying',
    'Rows are no longer told apart by it: joins may multiply and upserts on it fail',
    'Readers see the same; one rule for writers less',
  ),
  key_changed: when(
    'identifying',
    'Rows are told apart in another way: joins may multiply and upserts on it fail',
    'It tells rows apart as it did',
  ),
  index_added: never(performance),
  index_removed: never(performance),
  index_changed: never(performance),
  definition_changed: never('What readers see are its columns, and changes of those are listed by themselves'),
  partition_changed: when(
    'detached',
    'Queries on the table it was a part of no longer give its rows',
    'Queries on the table of which it is a part give all they gave before',
  ),
  comment_changed: never('A text for people'),
}

export function verdictOf(kind: ChangeKind, facts: ChangeFacts = {}): Verdict {
  const rule = rules[kind]
  if (!('fact' in rule)) return { breaking: rule.breaks, reason: rule.reason }
  const breaking = facts[rule.fact] === true
  return { breaking, reason: breaking ? rule.breaks : rule.holds }
}

export function changeOf(
  kind: ChangeKind,
  values: { column?: string; before?: string | null; after?: string | null },
  facts?: ChangeFacts,
): SchemaChange {
  return {
    kind,
    column: values.column ?? null,
    before: values.before ?? null,
    after: values.after ?? null,
    ...verdictOf(kind, facts),
  }
}
