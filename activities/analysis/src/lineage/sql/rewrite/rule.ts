import { afterParenthesis, isMark, isWord, type Token } from '../lex.ts'

/** Cuts or replaces a stretch of a statement, in tokens. */
export interface Edit {
  from: number
  to: number
  by: string
}

/** What may be cut or replaced at a word or a mark that is one of these; `*` is any name. */
export interface Rule {
  at: readonly string[]
  edit: (tokens: readonly Token[], at: number) => Edit | null
}

export const rule = (at: string, edit: Rule['edit']): Rule => ({ at: at.split(' '), edit })

/** Only at the beginning of a statement. */
export const atStart = (at: string, edit: (tokens: readonly Token[]) => Edit | null): Rule =>
  rule(at, (tokens, index) => (index === 0 ? edit(tokens) : null))

const follow = (tokens: readonly Token[], at: number, sequence: readonly string[]): boolean =>
  sequence.every((word, index) => isWord(tokens[at + index], word))

/** A sequence of words becomes another text. */
export function words(by: string, sequence: string): Rule {
  const list = sequence.split(' ')
  return rule(list[0] ?? '', (tokens, at) => (follow(tokens, at, list) ? { from: at, to: at + list.length, by } : null))
}

/** Words, and behind them a parenthesis, are cut. */
export function withParenthesis(sequence: string): Rule {
  const list = sequence.split(' ')
  return rule(list[0] ?? '', (tokens, at) =>
    follow(tokens, at, list) && isMark(tokens[at + list.length], '(')
      ? { from: at, to: afterParenthesis(tokens, at + list.length), by: '' }
      : null,
  )
}

/** `WORD = value` is cut. */
export const option = (names: string): Rule =>
  rule(names, (tokens, at) => {
    if (!isMark(tokens[at + 1], '=')) return null
    const to = isMark(tokens[at + 2], '(') ? afterParenthesis(tokens, at + 2) : at + 3
    return { from: at, to, by: '' }
  })

export const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted'

/** @returns the index behind a dotted name */
export function afterName(tokens: readonly Token[], at: number): number {
  let index = at
  while (isName(tokens[index])) {
    index++
    if (!isMark(tokens[index], '.')) break
    index++
  }
  return index
}

export const textOf = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join('')

/** As written, with a blank wherever there was something between two tokens. */
export const spaced = (tokens: readonly Token[]): string =>
  tokens.map((token, index) => `${tokens[index - 1]?.end === token.start ? '' : ' '}${token.text}`).join('')

/** Whether a statement creates something of this kind. */
export const creates = (tokens: readonly Token[], ...kinds: readonly string[]): boolean =>
  isWord(tokens[0], 'CREATE') && tokens.slice(1, 5).some((token) => isWord(token, ...kinds))

/** `CREATE TASK t … AS statement`: what it runs. */
export const wrapped = (...kinds: readonly string[]): Rule =>
  atStart('CREATE', (tokens) => {
    if (!creates(tokens, ...kinds)) return null
    const inner = tokens.findIndex(
      (token, index) =>
        isWord(token, 'AS', 'THEN') &&
        isWord(tokens[index + 1], 'SELECT', 'WITH', 'INSERT', 'MERGE', 'COPY', 'UPDATE', 'DELETE', 'CREATE', 'CALL'),
    )
    return inner < 0 ? null : { from: 0, to: inner + 1, by: '' }
  })
