import { join } from 'node:path'
import { claim } from './claim.ts'
import { isPortFree, type PortCheck } from './ports.ts'

/**
 * Keeps two starts of one checkout, begun in the same moment, from choosing the same port before either listens there.
 * @param folder holds a file for each port that a living start has chosen
 */
export function portClaims(folder: string): { isFree: PortCheck; release: () => void } {
  const releases: (() => void)[] = []
  return {
    async isFree(port) {
      if (!(await isPortFree(port))) return false
      const held = claim(join(folder, String(port)))
      if (held.kind === 'held') releases.push(held.release)
      return held.kind === 'held'
    },
    release: () => releases.splice(0).forEach((release) => release()),
  }
}
