import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from '@plumbline/local'
import { isRunning, processesWith, signalAll } from './process-tree.ts'

/** Below the system's folder for such things, and open to the user that Postgres runs as. Its name tells whose it is. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `plumbline-${purpose}-${process.pid}-`))
  chmodSync(folder, 0o755)
  return folder
}

/** What may be ended; an editor that has one of its files open is none of ours. */
const ours = /postgres|pgbouncer|temporal|node/

/**
 * Ends what runs on the folders of a run that was killed, and removes them: its servers have process groups of their own and
 * would stay for ever. Several runs may do so at once.
 */
export async function endOrphans(): Promise<void> {
  const folders = globSync(join(tmpdir(), 'plumbline-*-[0-9]*-*')).filter((folder) => !isAlive(ownerOf(folder)))
  const pids = folders.flatMap(processesWith).flatMap(({ pid, command }) => (ours.test(command) ? [pid] : []))
  const areGone = () => !pids.some(isRunning)
  // One that was made to stand still does not hear anything else.
  for (const signal of ['SIGCONT', 'SIGINT'] as const) signalAll(pids, signal)
  if (!(await waitUntil(areGone, { timeoutMs: 10_000 }))) signalAll(pids, 'SIGKILL')
  await waitUntil(areGone, { timeoutMs: 5_000 })
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

const ownerOf = (folder: string) => Number(/-(\d+)-\w+$/.exec(folder)?.[1])

function isAlive(pid: number): boolean {
  // Not one of our names.
  if (!Number.isInteger(pid)) return true
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's run is none of ours.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
