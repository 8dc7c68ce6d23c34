const minuteMs = 60_000

/**
 * Tells what is news from what was said within the last minute: a server that cannot be reached is complained about every
 * second, and a service that crashes says the same each time.
 * @param now milliseconds of a clock that never goes back
 */
export function onceAMinute(now: () => number = () => performance.now()): (line: string) => boolean {
  const saidAt = new Map<string, number>()
  return (line) => {
    const at = now()
    for (const [old, since] of saidAt) if (at - since >= minuteMs) saidAt.delete(old)
    if (saidAt.has(line)) return false
    saidAt.set(line, at)
    return true
  }
}
