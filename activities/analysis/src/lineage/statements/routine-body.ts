import { isMark, isWord, lex, type Token } from '../sql/lex.ts'

/**
 * A body of PL/pgSQL without the variables that its statements fill: elsewhere `SELECT … INTO n` makes a table, and `RETURNING … INTO n` is no
 * SQL at all.
 */
export function withoutVariables(body: string): string {
  const tokens = lex(body, 'postgres')
  let [kept, at] = ['', 0]
  tokens.forEach((token, index) => {
    if (!isWord(token, 'INTO') || isWord(tokens[index - 1], 'INSERT', 'MERGE')) return
    const last = tokens[endOfVariables(tokens, index + 1) - 1]
    if (!last) return
    kept += body.slice(at, token.start)
    at = last.end
  })
  return kept + body.slice(at)
}

/** @returns the index behind `STRICT a, b.c` */
function endOfVariables(tokens: readonly Token[], from: number): number {
  let index = isWord(tokens[from], 'STRICT') ? from + 1 : from
  while (isName(tokens[index])) {
    index++
    if (!isMark(tokens[index], ',') && !isMark(tokens[index], '.')) break
    index++
  }
  return index
}

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted'
