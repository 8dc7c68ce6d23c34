/** What kind of a warning it is, by its code. */
const labels: Readonly<Record<string, string>> = {
  'budget-reached': 'Budget reached',
  'budget-used-up': 'Budget used up',
  'columns-left-out': 'Columns left out',
  'freshness-failed': 'Newest rows not read',
  'freshness-locked': 'Locked',
  'freshness-timeout': 'Took too long',
  'history-not-readable': 'Query history not readable',
  'job-already-active': 'Already running',
  'measure-failed': 'Not measured',
  'measure-timeout': 'Took too long',
  'metric-unusable': 'Metric cannot be measured',
  'model-refused': 'Refused by the model',
  'no-select': 'No right to read rows',
  'nothing-matched': 'Nothing matched',
  'pattern-unmatched': 'Pattern matches nothing',
  'query-not-understood': 'Query not understood',
  'read-budget': 'Time for reading used up',
  'relation-locked': 'Locked',
  'relation-outside': 'Moved out of scope',
  'routines-not-readable': 'Functions not readable',
  'sample-failed': 'Not sampled',
  'sample-locked': 'Locked',
  'sample-timeout': 'Took too long',
  'schema-missing': 'No such schema',
  'schema-unreadable': 'Schema not read whole',
  'statement-not-parsed': 'SQL not understood',
  'statement-too-long': 'SQL too long',
  'table-locked': 'Locked',
  'table-missing': 'Table is gone',
}

/** Of a newer server than the page there may be codes that it has no words for: their own are taken. */
export function warningLabel(code: string): string {
  const words = code.replaceAll('-', ' ')
  return labels[code] ?? words.charAt(0).toUpperCase() + words.slice(1)
}
