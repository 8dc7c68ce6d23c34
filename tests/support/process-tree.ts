import { globSync, readFileSync } from 'node:fs'

/** A process and everything below it, it first. Linux only. */
export function processTree(root: number): number[] {
  const parents = new Map(globSync('/proc/[0-9]*/stat').flatMap(parentOf))
  const tree = [root]
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child)
  return tree
}

export function isRunning(pid: number): boolean {
  return parentOf(`/proc/${pid}/stat`).length > 0
}

/** Those that are still there get it. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) if (isRunning(pid)) process.kill(pid, signal)
}

/** `pid (command) state parent …`: nothing for a process that is gone, or waits to be collected. */
function parentOf(file: string): [number, number][] {
  try {
    const [pid = '', rest = ''] = readFileSync(file, 'utf8').split(/ \(.*\) /s)
    const [state, parent] = rest.split(' ')
    return state === 'Z' || state === 'X' ? [] : [[Number(pid), Number(parent)]]
  } catch {
    return []
  }
}
