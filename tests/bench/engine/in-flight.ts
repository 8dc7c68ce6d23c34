/**
 * Does `count` pieces of work, `flight` at a time: each slot begins its next when its last one ended.
 * @returns how many were done a second
 */
export async function inFlight(flight: number, count: number, work: (slot: number) => Promise<void>): Promise<number> {
  let left = count
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: flight }, async (_, slot) => {
      while (left > 0) {
        left--
        await work(slot)
      }
    }),
  )
  return (count / (performance.now() - begun)) * 1000
}
