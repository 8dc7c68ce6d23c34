import { afterParenthesis, isMark, isWord } from '../lex.ts'
import { rule, withParenthesis, words, type Rule } from './rule.ts'
import { teradataRules } from './teradata-rules.ts'

/** SQL Server: `t WITH (HOLDLOCK) AS a` says how rows are locked. */
const tableHint = rule('WITH', (tokens, at) =>
  isMark(tokens[at + 1], '(') && isWord(tokens[at + 2], ...hints)
    ? { from: at, to: afterParenthesis(tokens, at + 1), by: '' }
    : null,
)
const hints = (
  'NOLOCK HOLDLOCK ROWLOCK UPDLOCK TABLOCK TABLOCKX XLOCK PAGLOCK READPAST READUNCOMMITTED READCOMMITTED REPEATABLEREAD ' +
  'SERIALIZABLE INDEX FORCESEEK NOEXPAND'
).split(' ')

/** What a MERGE gives back, at its end. */
const mergeOutput = rule('OUTPUT', (tokens, at) =>
  isWord(tokens[0], 'MERGE', 'WITH') ? { from: at, to: tokens.length, by: '' } : null,
)

/** Oracle: `max(a) KEEP (DENSE_RANK LAST ORDER BY b)` takes what comes last in this order. */
const keep = rule('KEEP', (tokens, at) =>
  isMark(tokens[at + 1], '(') && isWord(tokens[at + 2], 'DENSE_RANK')
    ? { from: at, to: at + 4, by: 'WITHIN GROUP (' }
    : null,
)

/** ClickHouse: settings of one statement. */
const settings = rule('SETTINGS', (tokens, at) => {
  let to = at + 1
  while (isMark(tokens[to + 1], '=')) to += isMark(tokens[to + 3], ',') ? 4 : 3
  return to > at + 1 ? { from: at, to, by: '' } : null
})

/** What databases without a grammar of their own here write. */
export const genericRules: readonly Rule[] = [
  withParenthesis('OPTION'),
  tableHint,
  mergeOutput,
  keep,
  settings,
  ...teradataRules,
  words('INSERT INTO', 'UPSERT INTO'),
  words('JOIN', 'ASOF JOIN'),
  words('', 'FINAL'),
]
