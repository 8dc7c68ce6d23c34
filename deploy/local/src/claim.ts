import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { commandLineOf } from './command-line.ts'

/** What a file says that one start holds at a time: a home, a port. */
export interface Holder {
  pid: number
  /** For whoever is refused. */
  note: string
}

export type Claim =
  | { kind: 'held'; update: (note: string) => void; release: () => void }
  /** `holder` is unknown when the other was quicker by a moment. */
  | { kind: 'taken'; holder: Holder | undefined }

/** Takes a file for this process. What a killed start left behind is taken over, also when a stranger has its process id. */
export function claim(file: string): Claim {
  mkdirSync(dirname(file), { recursive: true })
  const mine = `${file}.${process.pid}`
  write(mine, '')
  try {
    if (!link(mine, file)) {
      const holder = holderOf(file)
      if (holder && isStart(holder.pid)) return { kind: 'taken', holder }
      rmSync(file, { force: true })
      if (!link(mine, file)) return { kind: 'taken', holder: undefined }
    }
  } finally {
    rmSync(mine)
  }
  return { kind: 'held', update: (note) => write(file, note), release: () => rmSync(file, { force: true }) }
}

const isStart = (pid: number) => commandLineOf(pid)?.includes('deploy/local/src/main.ts') ?? false

function write(file: string, note: string): void {
  writeFileSync(file, JSON.stringify({ pid: process.pid, note } satisfies Holder))
}

/** A link appears with its content, and only once. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function holderOf(file: string): Holder | undefined {
  try {
    const holder: Holder = JSON.parse(readFileSync(file, 'utf8'))
    return holder
  } catch {
    return undefined
  }
}
