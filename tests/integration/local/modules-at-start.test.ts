import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** Each takes from 3 to 45 MB and is needed for single kinds of work only: tags of values, metrics of one's own, migrations. */
const loadedOnDemand = ['@faker-js/faker', 'libphonenumber-js', 'stdnum', 'validator', 'libpg-query', 'node-pg-migrate']

/** The URLs of all modules that a process has loaded once it has imported a package. */
async function modulesOf(name: string): Promise<string[]> {
  const script = `
    const { registerHooks } = await import('node:module')
    const urls = []
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) })
    await import('${name}')
    process.stdout.write(JSON.stringify(urls), () => process.exit(0))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: import.meta.dirname,
    timeout: 60_000,
  })
  return JSON.parse(stdout)
}

test.each(['@plumbline/worker', '@plumbline/gateway'])('%s starts without what few jobs need', async (name) => {
  const urls = await modulesOf(name)
  expect(urls.some((url) => url.includes('/activities/analysis/src/index.ts'))).toBe(true)
  expect(loadedOnDemand.filter((module) => urls.some((url) => url.includes(`/node_modules/${module}/`)))).toEqual([])
})
