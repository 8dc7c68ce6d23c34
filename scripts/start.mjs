import { handOver, prepare, run, temporalCli } from './toolchain.mjs'

/** A Temporal of your own takes the place of ours, which then need not be had. */
const hasOwnTemporal = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some(
  (name) => process.env[name],
)

await run(async () => {
  await prepare()
  const temporal = hasOwnTemporal ? {} : { PLUMBLINE_TEMPORAL_CLI: await temporalCli() }
  return handOver('deploy/local/src/main.ts', process.argv.slice(2), temporal)
})
