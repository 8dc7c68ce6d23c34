import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { searchAttributes } from '@plumbline/local'
import { inject } from 'vitest'

const run = promisify(execFile)

/**
 * A Temporal namespace of a test file's own, with our search attributes. The names of the task queues are fixed, so two
 * files in one namespace would work on each other's jobs, with another record behind them.
 */
export async function createNamespace(): Promise<string> {
  const name = `test-${randomBytes(5).toString('hex')}`
  const temporal = (...args: string[]) =>
    run(inject('temporalExecutable'), [
      'operator',
      ...args,
      '--namespace',
      name,
      '--address',
      inject('temporalAddress'),
    ])
  await temporal('namespace', 'create')
  await temporal(
    'search-attribute',
    'create',
    ...searchAttributes.flatMap((attribute) => ['--name', attribute, '--type', 'Keyword']),
  )
  return name
}
