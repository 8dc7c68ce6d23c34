export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

export type Cursor = string | undefined

interface CursorPages<Item> {
  queryFn: (context: { pageParam: Cursor; signal: AbortSignal }) => Promise<Page<Item>>
  initialPageParam: Cursor
  getNextPageParam: (page: Page<Item>) => Cursor
}

/** The part of an infinite query that every list of the API shares: the first page has no cursor, the last no next one. */
export function cursorPages<Item>(
  load: (cursor: Cursor, signal: AbortSignal) => Promise<Page<Item>>,
): CursorPages<Item> {
  return {
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  }
}
