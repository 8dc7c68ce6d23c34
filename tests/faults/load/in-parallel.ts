/** As many requests are under way at once as from several people and scripts. */
const clients = 8

/** Does something with each, in order, a few at a time; ends early once `enough`. */
export async function inParallel<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
  enough: () => boolean = () => false,
): Promise<void> {
  const left = items[Symbol.iterator]()
  const worker = async () => {
    for (let next = left.next(); !next.done && !enough(); next = left.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: clients }, worker))
}
