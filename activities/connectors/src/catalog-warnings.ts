import type { ErrorCode, JobWarning, SinglePattern, UnreadRelation } from '@plumbline/workflows'
import type { ConnectorError } from './connector-error.ts'
import type { CatalogEvent } from './connector.ts'

/** @param written the name as the source would write it */
export function schemaMissing(written: string, name: string): CatalogEvent {
  const message = `The database has no schema ${written}.`
  return { kind: 'warnings', warnings: [{ code: 'schema-missing', object: name, message }] }
}

const useless = { include: 'nothing is read for it', exclude: 'nothing is left out for it' } as const

export function patternUnmatched({ pattern, list, relation }: SinglePattern): JobWarning {
  const what = relation === null ? 'schema' : 'table or view'
  const message = `The pattern ${pattern} (${list}) matches no ${what}, so ${useless[list]}. Upper and lower case count: correct the pattern or take it out.`
  return { code: 'pattern-unmatched', object: pattern, message }
}

/** What a person can do about a schema that was not read whole. */
const remedies: Partial<Record<ErrorCode, string>> = {
  'lock-timeout': 'Locks kept it from being read: discover again when they are gone',
  'statement-timeout': 'Discover again when the server has less to do',
  'permission-denied': 'Grant the role what it lacks, and discover again',
}
const repair = 'Repair or drop the object that the message is about, and discover again'

export function schemaUnreadable(name: string, { code, message: said }: ConnectorError): CatalogEvent {
  const message = `The schema could not be read whole, so nothing counts as removed from it: ${said}. ${remedies[code] ?? repair}.`
  return { kind: 'warnings', warnings: [{ code: 'schema-unreadable', object: name, message }] }
}

const unread: Record<UnreadRelation['why'], { code: string; message: string }> = {
  locked: {
    code: 'relation-locked',
    message:
      'It, or a table that it reads, is locked by another session and could not be read: it stays as it was found last. Discover again when the lock is gone.',
  },
  outside: {
    code: 'relation-outside',
    message:
      'It was renamed or moved out of what this job looks at, so it counts neither as renamed nor as removed and stays as it was found last. Widen the configuration to follow it.',
  },
}

export const relationUnread = ({ schema, name, why }: UnreadRelation): JobWarning => ({
  ...unread[why],
  object: `${schema}.${name}`,
})

/**
 * @param lacking the right, as it is granted: `SELECT on "sales"."orders"`
 * @param object the relation's name for people
 */
export function noSelect(lacking: string, object: string): JobWarning {
  const message = `The role lacks ${lacking}: the structure is known, but values cannot be sampled.`
  return { code: 'no-select', object, message }
}
