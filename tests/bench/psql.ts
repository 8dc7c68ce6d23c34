import { execFile, execFileSync } from 'node:child_process'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The reference program. Debian's is installed where it is missing and we may; else the bench cannot be run here. */
export function needPsql(): void {
  if (isInstalled()) return
  if (userInfo().uid === 0) {
    execFileSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq postgresql-client'], { stdio: 'ignore' })
  }
  if (!isInstalled()) throw new Error('psql is missing: install the PostgreSQL client (Debian: postgresql-client)')
}

function isInstalled(): boolean {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** How long psql takes for statements on one connection, results thrown away, with its own start. In milliseconds. */
export async function timePsql(url: string, statements: readonly string[]): Promise<number> {
  const begun = performance.now()
  const commands = statements.flatMap((statement) => ['-c', statement])
  await run('psql', ['-X', '-q', '-o', '/dev/null', url, ...commands])
  return performance.now() - begun
}
