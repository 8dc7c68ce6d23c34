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
  const name = newNamespaceName()
  await registerNamespace(name)
  await addSearchAttributes(name)
  return name
}

export const newNamespaceName = (): string => `test-${randomBytes(5).toString('hex')}`

export const registerNamespace = (name: string): Promise<unknown> => operator(name, 'namespace', 'create')

export const addSearchAttributes = (name: string): Promise<unknown> =>
  operator(
    name,
    'search-attribute',
    'create',
    ...searchAttributes.flatMap((attribute) => ['--name', attribute, '--type', 'Keyword']),
  )

const operator = (namespace: string, ...args: string[]) =>
  run(inject('temporalExecutable'), [
    'operator',
    ...args,
    '--namespace',
    namespace,
    '--address',
    inject('temporalAddress'),
  ])
