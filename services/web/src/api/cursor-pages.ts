export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

export type Cursor = string | undefined

/** What a list holds, as far as it was read. */
export interface AllItems<Item> {
  items: Item[]
  /** False when there are more than were wanted. */
  complete: boolean
}

/** Reads page after page until there is no next one, or `limit` items are there. */
export async function allItems<Item>(
  load: (cursor: Cursor) => Promise<Page<Item>>,
  limit = Number.POSITIVE_INFINITY,
): Promise<AllItems<Item>> {
  const items: Item[] = []
  let cursor: Cursor
  do {
    // Each page needs the cursor of the one before it.
    // oxlint-disable-next-line no-await-in-loop
    const page = await load(cursor)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && items.length < limit)
  return { items, complete: cursor === undefined }
}

interface CursorPages<Answer> {
  queryFn: (context: { pageParam: Cursor; signal: AbortSignal }) => Promise<Answer>
  initialPageParam: Cursor
  getNextPageParam: (page: Answer) => Cursor
}

/** The part of an infinite query that every list of the API shares: the first page has no cursor, the last no next one. */
export function cursorPages<Item, Answer extends Page<Item> = Page<Item>>(
  load: (cursor: Cursor, signal: AbortSignal) => Promise<Answer>,
): CursorPages<Answer> {
  return {
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  }
}
