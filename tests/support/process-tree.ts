import { globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/** A process and everything below it, it first. Linux only. */
export function processTree(root: number): number[] {
  const parents = new Map(globSync('/proc/[0-9]*/stat').flatMap(parentOf))
  const tree = [root]
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child)
  return tree
}

export interface LivingProcess {
  pid: number
  command: string
}

/** Whose command line or environment holds a text; ourselves left out. Linux only. */
export function processesWith(text: string): LivingProcess[] {
  return globSync('/proc/[0-9]*/cmdline').flatMap((file) => {
    const [command, environment] = [contentOf(file), contentOf(`${dirname(file)}/environ`)]
    const pid = Number(basename(dirname(file)))
    const holds = command.includes(text) || environment.includes(text)
    return holds && pid !== process.pid ? [{ pid, command: command.replaceAll('\0', ' ') }] : []
  })
}

export function isRunning(pid: number): boolean {
  return parentOf(`/proc/${pid}/stat`).length > 0
}

/** Those that are still there get it. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}

/** `pid (command) state parent …`: nothing for a process that is gone, or waits to be collected. */
function parentOf(file: string): [number, number][] {
  const [pid = '', rest = ''] = contentOf(file).split(/ \(.*\) /s)
  const [state = 'X', parent] = rest.split(' ')
  return state === '' || state === 'Z' || state === 'X' ? [] : [[Number(pid), Number(parent)]]
}

/** Empty once its process is gone, and where it is somebody else's. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
