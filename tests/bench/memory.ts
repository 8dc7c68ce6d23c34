import { globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/**
 * The memory of processes and all their descendants, in MB: proportional set size, in which what several share counts once
 * (Linux only).
 */
export function memoryMb(pids: readonly number[]): number {
  const parents = new Map(globSync('/proc/[0-9]*/stat').flatMap(parentOf))
  const isOurs = (pid: number | undefined): boolean =>
    pid !== undefined && (pids.includes(pid) || isOurs(parents.get(pid)))
  return [...parents.keys()].filter(isOurs).reduce((sum, pid) => sum + pssKb(pid), 0) / 1024
}

/** A process may end while it is looked at: then it has no parent and no memory. */
function parentOf(stat: string): [number, number][] {
  const [, parent] = /\) \S (\d+)/.exec(textOf(stat)) ?? []
  return parent === undefined ? [] : [[Number(basename(dirname(stat))), Number(parent)]]
}

function pssKb(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
}

/** What a process holds (`VmRSS`), or the most that it ever held (`VmHWM`), by the kernel's own account, in MB. */
export function memoryOf(pid: number, figure: 'VmRSS' | 'VmHWM'): number {
  const kb = new RegExp(`${figure}:\\s+(\\d+) kB`).exec(textOf(`/proc/${pid}/status`))?.[1]
  return Math.round(Number(kb) / 1024)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
