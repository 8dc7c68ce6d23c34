// All checks in their order, failing fast; `npm test -- faults` (or several names) runs only those.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Missing, plainEnvironment, prepare, root, run, say, temporalCli, temporalTestServer } from './toolchain.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)
const resultFile = join(root, '.local', 'stage-result.json')

/** One command, one point. */
const check = (name, ...commands) => ({
  name,
  run: () =>
    commands.every((command) => succeeds(...command))
      ? { passed: 1, failed: 0, skipped: [] }
      : { passed: 0, failed: 1, skipped: [] },
})
/** One project of vitest.config.ts; `missing` says why this machine cannot run it. */
const tests = (name, missing = () => undefined) => ({ name, run: () => runTests(name, missing) })

const stages = [
  check('format', [bin('oxfmt'), '--check', '.']),
  check('lint', [bin('oxlint'), '--type-aware']),
  check('types', [bin('tsc'), '-p', '.'], [bin('tsc'), '-p', 'services/web']),
  check('unused', [bin('knip')]),
  tests('unit'),
  tests('workflow'),
  tests('replay'),
  tests('integration'),
  tests('browser', withoutChromium),
  tests('faults'),
]

await run(async () => {
  const wanted = process.argv.slice(2).filter((name) => name !== '--')
  const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name))
  if (unknown.length > 0)
    throw new Missing(
      `There is no stage ${unknown.join(', ')}.`,
      `There are: ${stages.map((stage) => stage.name).join(', ')}.`,
    )
  await prepare()
  await Promise.all([temporalCli(), temporalTestServer()])
  return runStages(stages.filter((stage) => wanted.length === 0 || wanted.includes(stage.name)))
})

function runStages(chosen) {
  /** @type {{ passed: number, failed: number, skipped: { name: string, reason: string }[] }} */
  const total = { passed: 0, failed: 0, skipped: [] }
  for (const stage of chosen) {
    const begun = Date.now()
    say(`\n=== ${stage.name}`)
    const result = stage.run()
    total.passed += result.passed
    total.failed += result.failed
    total.skipped.push(...result.skipped)
    say(
      `=== ${stage.name}: ${result.passed} passed, ${result.failed} failed (${((Date.now() - begun) / 1000).toFixed(1)} s)`,
    )
    if (result.failed === 0) continue
    const left = chosen.slice(chosen.indexOf(stage) + 1).map(({ name }) => name)
    if (left.length > 0) say(`Not run after this failure: ${left.join(', ')}`)
    break
  }
  for (const { name, reason } of total.skipped) say(`skipped ${name}: ${reason}`)
  const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : ''
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`)
  return total.failed === 0 ? 0 : 1
}

function succeeds(command, ...args) {
  return spawnSync(command, args, { cwd: root, env: plainEnvironment(), stdio: ['ignore', 2, 2] }).status === 0
}

function runTests(project, missing) {
  const reason = missing()
  if (reason) return { passed: 0, failed: 0, skipped: [{ name: `all of ${project}`, reason }] }
  mkdirSync(join(root, '.local'), { recursive: true })
  rmSync(resultFile, { force: true })
  const args = [
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=./tests/support/stage-reporter.ts',
  ]
  const env = { ...plainEnvironment(), PLUMBLINE_STAGE_RESULT: resultFile }
  const { status } = spawnSync(bin('vitest'), args, { cwd: root, env, stdio: ['ignore', 2, 2] })
  const result = existsSync(resultFile)
    ? JSON.parse(readFileSync(resultFile, 'utf8'))
    : { passed: 0, failed: 0, skipped: [] }
  // A setup that breaks leaves no result, or one without a failure: the exit code is the last word.
  return status === 0 ? result : { ...result, failed: Math.max(result.failed, 1) }
}

/** Chromium on PATH, else from Debian's packages when we may install them. @returns why there is none */
function withoutChromium() {
  const has = () => ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].some(isOnPath)
  if (has()) return undefined
  if (process.getuid?.() !== 0 || !isOnPath('apt-get'))
    return 'no Chromium on PATH; install it (Debian: apt-get install chromium)'
  say('Installing Chromium with apt-get …')
  const apt = (...args) => succeeds('apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=120', ...args)
  if (apt('update')) apt('install', '-y', '--no-install-recommends', 'chromium')
  return has() ? undefined : 'Chromium is not on PATH and apt-get could not install it'
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder && existsSync(join(folder, program)))
}
