/** Where paged work stands: the last asset that is done, and what was counted on the way. */
export interface PageCursor {
  after: string | undefined
  done: number
  /** Of those, how many could not be worked on. */
  skipped: number
}

/** As a heartbeat carries it. */
export const writeCursor = ({ after = '', done, skipped }: PageCursor): string => [after, done, skipped].join(' ')

/** The start, for the first attempt and for anything that is no cursor. */
export function readCursor(text: string | undefined): PageCursor {
  const [after = '', done, skipped] = text?.split(' ') ?? []
  return { after: after === '' ? undefined : after, done: Number(done ?? 0), skipped: Number(skipped ?? 0) }
}
