import { memoryMb } from '../memory.ts'
import type { BenchGateway } from './bench-gateway.ts'

export interface ExportRun {
  lines: number
  ms: number
  /** Of the gateway before the export. */
  restMb: number
  mostMb: number
  /** From the most in the first tenth to the most in the rest: what a longer export would go on adding. */
  grownMb: number
}

/** Reads an export until so many lines have come, and looks at the gateway's memory all the while. */
export async function exportOf(gateway: BenchGateway, lines: number): Promise<ExportRun> {
  const restMb = memoryMb([gateway.pid])
  const begun = performance.now()
  const ending = new AbortController()
  const answer = await fetch(`${gateway.base}/api/v1/jobs/export?format=ndjson`, {
    headers: { authorization: `Bearer ${gateway.token}` },
    signal: ending.signal,
  })
  if (answer.status !== 200 || !answer.body) throw new Error(`the export answered ${answer.status}`)
  let [read, firstMb, laterMb, sampledAt] = [0, 0, 0, 0]
  for await (const chunk of answer.body) {
    for (const byte of chunk) if (byte === newline) read++
    if (read - sampledAt > lines / 200) {
      sampledAt = read
      const mb = memoryMb([gateway.pid])
      if (read <= lines / 10) firstMb = Math.max(firstMb, mb)
      else laterMb = Math.max(laterMb, mb)
    }
    if (read >= lines) break
  }
  ending.abort()
  return {
    lines: read,
    ms: performance.now() - begun,
    restMb,
    mostMb: Math.max(firstMb, laterMb),
    grownMb: laterMb - firstMb,
  }
}

const newline = 10
