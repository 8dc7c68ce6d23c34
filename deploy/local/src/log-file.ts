import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const rotateAtBytes = 10_000_000

/** Opens a log for appending and gives its descriptor; one that has grown past 10 MB becomes `.1` first. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > rotateAtBytes) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o644)
}

/** The last lines of a log, for the message of a server that ended too early. */
export function logTail(path: string, lines = 12): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return ''
  }
}
