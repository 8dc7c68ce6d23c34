import { startServers, type Servers } from '../support/servers.ts'
import { createReport, type Report } from './report.ts'

/** What a bench exports as `main`, against real servers of its own; one of pure computation exports `needsServers = false`. */
type Bench =
  | { needsServers?: true; main(servers: Servers, report: Report): Promise<void> }
  | { needsServers: false; main(report: Report, args: readonly string[]): Promise<void> }

/** Runs `<name>.bench.ts`. The name is one that `scripts/bench.mjs` has found. */
async function runBench(name: string, args: readonly string[]): Promise<number> {
  const bench: Bench = await import(`./${name}.bench.ts`)
  const report = createReport((line) => process.stdout.write(`${line}\n`))
  if (bench.needsServers === false) {
    await bench.main(report, args)
    return report.end()
  }
  const servers = await startServers()
  try {
    await bench.main(servers, report)
  } finally {
    await servers.stop()
  }
  return report.end()
}

const [name = '', ...args] = process.argv.slice(2)
process.exit(await runBench(name, args))
