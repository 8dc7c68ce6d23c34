// `npm run bench -- NAME` measures; each target is a line, and one that is short makes the exit code 1.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { handOver, Missing, prepare, root, run, temporalCli, temporalTestServer } from './toolchain.mjs'

const ending = '.bench.ts'

await run(async () => {
  const [name, ...args] = process.argv.slice(2).filter((argument) => argument !== '--')
  const folder = join(root, 'tests', 'bench')
  const known = readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
  if (!known.includes(name))
    throw new Missing(
      name ? `There is no bench ${name}.` : 'Which bench?',
      `npm run bench -- NAME, one of: ${known.join(', ')}`,
    )
  await prepare()
  // A bench of pure computation says so, and then nothing is fetched for it.
  const isPure = readFileSync(join(folder, name + ending), 'utf8').includes('export const needsServers = false')
  if (!isPure) await Promise.all([temporalCli(), temporalTestServer()])
  return handOver('tests/bench/run-bench.ts', [name, ...args])
})
