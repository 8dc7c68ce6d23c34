import { textOf } from '../search-params.ts'

/** The page of questions as its address holds it. */
export interface AskSearch {
  /** Asked as soon as the page is open: other pages lead here with a question. */
  question?: string | undefined
}

export const parseAskSearch = (raw: Record<string, unknown>): AskSearch => ({ question: textOf(raw, 'question') })
