/** Calls at a time: BigQuery lets one user have 100 a second of one method. */
export const mostCalls = 10

/**
 * Does work for each item, so many at a time, with its results in the order of the items. What fails ends it when what has begun is done.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>()
  const left = items.entries()
  let failed = false
  const worker = async () => {
    for (const [index, item] of left) {
      if (failed) return
      try {
        results.set(index, await work(item))
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return [...results.entries()].toSorted(([a], [b]) => a - b).map(([, result]) => result)
}
