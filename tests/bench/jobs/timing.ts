/** One request that was timed. */
export interface Timed {
  path: string
  ms: number
}

export function quantile(timings: readonly number[], share: number): number {
  const sorted = timings.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** An HTTP client that notes how long each answer took, up to its last byte. */
export function timedClient(base: string, token: string) {
  return {
    async get(path: string): Promise<Timed & { body: string }> {
      const begun = performance.now()
      const answer = await fetch(`${base}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
      const body = await answer.text()
      const ms = performance.now() - begun
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${body.slice(0, 300)}`)
      return { path, ms, body }
    },
  }
}
export type TimedClient = ReturnType<typeof timedClient>
