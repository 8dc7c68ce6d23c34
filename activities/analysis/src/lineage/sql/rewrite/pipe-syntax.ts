import { afterParenthesis, isMark, isWord, lex, type Token } from '../lex.ts'

type Tokens = readonly Token[]

/** A query as far as its pipe has come. */
interface Piped {
  /** What stands behind FROM. */
  from: string
  where: string[]
  /** The name by which later steps may qualify columns, where there is one. */
  alias: string | null
}

/**
 * BigQuery's pipes as queries within queries: `FROM t |> WHERE a |> SELECT b` is `SELECT b FROM t WHERE a`. What only sorts or
 * limits is left out.
 *
 * @returns null when there is no pipe, or a step that is not known
 */
export function pipesAsQueries(tokens: Tokens): Token[] | null {
  if (!tokens.some((_, index) => isPipe(tokens, index))) return null
  const text = withoutPipes(tokens)
  return text === null ? null : lex(text, 'bigquery')
}

const isPipe = (tokens: Tokens, at: number): boolean =>
  isMark(tokens[at], '|') && isMark(tokens[at + 1], '>') && tokens[at]?.end === tokens[at + 1]?.start

/** As written, with a blank wherever there was something between two tokens: `a-b.c` stays one name. */
const spaced = (tokens: Tokens, at: number): string =>
  `${tokens[at - 1]?.end === tokens[at]?.start ? '' : ' '}${tokens[at]?.text ?? ''}`
const textOf = (tokens: Tokens): string =>
  tokens
    .map((_, at) => spaced(tokens, at))
    .join('')
    .trim()

/** Pipes within parentheses first, then those of this level. */
function withoutPipes(tokens: Tokens): string | null {
  const parts: string[] = []
  const steps: { at: number; part: number }[] = []
  let begin: number | null = null
  for (let index = 0; index < tokens.length; index++) {
    if (isMark(tokens[index], '(')) {
      const end = afterParenthesis(tokens, index)
      const inner = withoutPipes(tokens.slice(index + 1, end - 1))
      if (inner === null) return null
      if (steps.length === 0 && isWord(tokens[index + 1], 'SELECT', 'FROM', 'WITH')) begin ??= parts.length
      parts.push(spaced(tokens, index), inner, ' )')
      index = end - 1
    } else if (isPipe(tokens, index)) {
      steps.push({ at: index, part: parts.length })
      index++
    } else {
      if (steps.length === 0 && isWord(tokens[index], 'SELECT', 'FROM')) begin ??= parts.length
      parts.push(spaced(tokens, index))
    }
  }
  const [first] = steps
  if (!first) return parts.join('')
  if (begin === null) return null
  const query = lex(parts.slice(begin, first.part).join(''), 'bigquery')
  const bodies = steps.map(({ part }, index) => lex(parts.slice(part, steps[index + 1]?.part).join(''), 'bigquery'))
  let piped: Piped | null = started(query)
  for (const body of bodies) piped = piped && stepped(piped, body)
  return piped && `${parts.slice(0, begin).join('')} ${queryOf(piped, '*')}`
}

const started = (query: Tokens): Piped =>
  isWord(query[0], 'FROM')
    ? { from: textOf(query.slice(1)), where: [], alias: aliasIn(query.slice(1)) }
    : { from: `( ${textOf(query)} )`, where: [], alias: null }

/** `t AS x`, `a.b.t`: by what a lone table is called. */
function aliasIn(tokens: Tokens): string | null {
  if (tokens.some((token) => isMark(token, ',') || isWord(token, 'JOIN'))) return null
  const last = tokens.at(-1)
  const name = last?.kind === 'quoted' ? last.text.slice(1, -1).split('.').at(-1) : last?.text
  return last?.kind === 'word' || last?.kind === 'quoted' ? (name ?? null) : null
}

const queryOf = ({ from, where }: Piped, list: string, behind = ''): string =>
  `SELECT ${list} FROM ${from}${where.length > 0 ? ` WHERE ( ${where.join(' ) AND ( ')} )` : ''} ${behind}`

/** The query so far as one table, under the name it had. */
const asTable = (piped: Piped, list: string, behind = ''): Piped => {
  const table = `( ${queryOf(piped, list, behind)} )`
  return { ...piped, where: [], from: piped.alias === null ? table : `${table} AS \`${piped.alias}\`` }
}
const withoutAlias = (piped: Piped): Piped => ({ ...piped, alias: null })

const joins = ['JOIN', 'LEFT', 'RIGHT', 'FULL', 'INNER', 'CROSS']
const sorting = ['ORDER', 'LIMIT', 'TABLESAMPLE', 'ASSERT']

function stepped(piped: Piped, body: Tokens): Piped | null {
  const [word] = body
  const rest = textOf(body.slice(1))
  if (isWord(word, ...sorting)) return piped
  if (isWord(word, 'WHERE')) return { ...piped, where: [...piped.where, rest] }
  if (isSetOperator(body)) return asTable(withoutAlias(piped), '*', unionOf(body))
  if (isWord(word, ...joins)) return { ...piped, from: `${piped.from} ${textOf(body)}`, alias: null }
  if (isWord(word, 'AS')) return { ...asTable(withoutAlias(piped), '*'), from: named(piped, rest), alias: rest }
  if (isWord(word, 'SELECT')) return asTable(withoutAlias(piped), rest)
  if (isWord(word, 'DISTINCT')) return asTable(piped, 'DISTINCT *')
  if (isWord(word, 'EXTEND', 'WINDOW')) return asTable(piped, `* , ${rest}`)
  if (isWord(word, 'DROP')) return asTable(piped, `* EXCEPT ( ${rest} )`)
  if (isWord(word, 'SET')) return asTable(piped, `* REPLACE ( ${listOf(body.slice(1)).map(swapped).join(' , ')} )`)
  if (isWord(word, 'RENAME')) return renamed(piped, listOf(body.slice(1)))
  if (isWord(word, 'AGGREGATE')) return aggregated(piped, body.slice(1))
  if (isWord(word, 'PIVOT', 'UNPIVOT')) return { ...asTable(withoutAlias(piped), '*'), from: pivoted(piped, body) }
  if (isWord(word, 'CALL')) return called(piped, body.slice(1))
  return null
}

const named = (piped: Piped, alias: string): string => `( ${queryOf(piped, '*')} ) AS ${alias}`
const pivoted = (piped: Piped, body: Tokens): string => `( ${queryOf(piped, '*')} ) ${textOf(body)}`

/** `LEFT OUTER UNION ALL BY NAME (q), (q)`. */
const isSetOperator = (body: Tokens): boolean =>
  body.slice(0, 3).some((token) => isWord(token, 'UNION', 'INTERSECT', 'EXCEPT'))
function unionOf(body: Tokens): string {
  const open = body.findIndex((token) => isMark(token, '('))
  const operator = textOf(body.slice(0, open))
  return listOf(body.slice(open))
    .map((query) => `${operator} ${textOf(query)}`)
    .join(' ')
}

/** The items of a list. */
function listOf(tokens: Tokens): Token[][] {
  const items: Token[][] = [[]]
  for (let index = 0; index < tokens.length; index++) {
    const to = isMark(tokens[index], '(') ? afterParenthesis(tokens, index) : index + 1
    if (isMark(tokens[index], ',')) items.push([])
    else items.at(-1)?.push(...tokens.slice(index, to))
    index = to - 1
  }
  return items.filter((item) => item.length > 0)
}

/** `a = x` as `x AS a`. */
const swapped = (item: Tokens): string => `${textOf(item.slice(2))} AS ${item[0]?.text ?? ''}`

function renamed(piped: Piped, items: readonly Tokens[]): Piped {
  const pairs = items.map((item) => [item[0]?.text ?? '', item.at(-1)?.text ?? ''] as const)
  const gone = pairs.map(([from]) => from).join(' , ')
  return asTable(piped, `* EXCEPT ( ${gone} ) , ${pairs.map(([from, to]) => `${from} AS ${to}`).join(' , ')}`)
}

/** Keys come before what is aggregated; how a key is sorted does not matter. */
function aggregated(piped: Piped, body: Tokens): Piped {
  const group = body.findIndex((token, index) => isWord(token, 'GROUP') && isWord(body[index + 1], 'BY', 'AND'))
  const by = group < 0 ? -1 : body.findIndex((token, index) => index > group && isWord(token, 'BY'))
  const unsorted = (item: Tokens) => item.filter((token) => !isWord(token, 'ASC', 'DESC', 'NULLS', 'FIRST', 'LAST'))
  const keys = by < 0 ? [] : listOf(body.slice(by + 1)).map(unsorted)
  const values = listOf(group < 0 ? body : body.slice(0, group)).map(unsorted)
  return asTable(withoutAlias(piped), [...keys, ...values].map(textOf).join(' , '))
}

/** `CALL f(a) AS x`: a table function of the rows so far. */
function called(piped: Piped, body: Tokens): Piped {
  const open = body.findIndex((token) => isMark(token, '('))
  const close = afterParenthesis(body, open)
  const given = [`( ${queryOf(piped, '*')} )`, textOf(body.slice(open + 1, close - 1))].filter((part) => part !== '')
  return {
    from: `${textOf(body.slice(0, open))} ( ${given.join(' , ')} ) ${textOf(body.slice(close))}`,
    where: [],
    alias: aliasIn(body.slice(close)),
  }
}
