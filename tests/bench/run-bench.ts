import { startServers, type Servers } from '../support/servers.ts'
import { createReport, type Report } from './report.ts'

/** What a bench exports as `main`. */
export type Bench = (servers: Servers, report: Report) => Promise<void>

/** Runs `<name>.bench.ts` against real servers of its own. The name is one that `scripts/bench.mjs` has found. */
async function runBench(name: string): Promise<number> {
  const bench: { main: Bench } = await import(`./${name}.bench.ts`)
  const report = createReport((line) => process.stdout.write(`${line}\n`))
  const servers = await startServers()
  try {
    await bench.main(servers, report)
  } finally {
    await servers.stop()
  }
  return report.end()
}

process.exit(await runBench(process.argv[2] ?? ''))
