import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openBrowser } from './browser.ts'
import { createScreen, secondsSince, type Screen } from './screen.ts'
import { firstStart } from './first-start.ts'
import { claimHome, homeFiles } from './home.ts'
import { localApi } from './local-api.ts'
import { Parts } from './parts.ts'
import { portClaims } from './port-claims.ts'
import { choosePorts, type PortCheck, type PortWish } from './ports.ts'
import { withoutPassword } from './record.ts'
import { readSettings, usage, type LocalSettings } from './settings.ts'
import { endLeftovers, startStack, type Stack } from './stack.ts'
import type { Ports } from './stack-options.ts'
import { StartError } from './start-error.ts'

/** Everything has ended after this long, with its consent or without. */
const endWithinMs = 14_000
/** npm, the script and the terminal each pass a Ctrl-C on: what comes within this time is one. */
const sameInterruptMs = 1000

async function main(): Promise<number> {
  // Logs and Temporal's file hold names of tables and people's actions: for the owner's eyes only.
  process.umask(0o077)
  const screen = createScreen()
  const begun = performance.now()
  const settings = readSettings(process.argv.slice(2), process.env)
  if (!settings) {
    screen.say(usage)
    return 0
  }
  const interrupted = listenForInterrupts(screen)
  const parts = new Parts()
  void interrupted.second.then(() => endByForce(parts))
  const home = claimHome(settings.home)
  const claims = portClaims(join(settings.checkout, '.local', 'ports'))
  try {
    await endLeftovers(settings)
    const ports = await portsFor(settings, screen, claims.isFree)
    const stack = await startStack({ settings, ports, screen, signal: interrupted.first }, parts)
    home.announce(stack.pageUrl)
    const token = readFileSync(homeFiles(settings.home).token, 'utf8').trim()
    for (const line of await fill(settings, stack, token)) screen.say(`  ${line}`)
    welcome(screen, settings, stack, token, secondsSince(begun))
    await untilAborted(interrupted.first)
    return 0
  } catch (error) {
    if (!interrupted.first.aborted) throw error
    return 0
  } finally {
    await end(parts, screen)
    claims.release()
    home.release()
  }
}

/** `first` aborts at the first interrupt, `second` resolves at the next. */
function listenForInterrupts(screen: Screen): { first: AbortSignal; second: Promise<void> } {
  const first = new AbortController()
  const second = Promise.withResolvers<void>()
  let at = 0
  const interrupt = () => {
    if (first.signal.aborted && performance.now() - at > sameInterruptMs) {
      screen.say('Ending by force.')
      second.resolve()
    }
    if (first.signal.aborted) return
    at = performance.now()
    screen.say('\nEnding: running steps are given up and go on at the next start. Ctrl-C again ends by force.')
    first.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  return { first: first.signal, second: second.promise }
}

async function portsFor(
  { ports, databaseUrl, temporalCli }: LocalSettings,
  screen: Screen,
  isFree: PortCheck,
): Promise<Ports> {
  const wishes = [
    ports.page,
    ...(databaseUrl === undefined ? [ports.postgres] : []),
    ...(temporalCli === undefined ? [] : [ports.temporal, ports.temporalUi]),
  ]
  const replaced = (wish: PortWish, port: number) =>
    screen.say(`  Port ${wish.preferred} is taken: ${wish.name} uses ${port} (set ${wish.variable} to choose).`)
  const chosen = await choosePorts(wishes, replaced, isFree)
  const portOf = (wish: (typeof wishes)[number]) => chosen[wishes.indexOf(wish)] ?? 0
  return {
    page: portOf(ports.page),
    postgres: portOf(ports.postgres),
    temporal: portOf(ports.temporal),
    temporalUi: portOf(ports.temporalUi),
  }
}

/** A first screen that cannot be filled is no reason to end a system that runs. */
async function fill(settings: LocalSettings, stack: Stack, token: string): Promise<string[]> {
  try {
    return await firstStart({
      api: localApi(stack.pageUrl, token),
      serverUrl: stack.serverUrl,
      marker: homeFiles(settings.home).firstStart,
      connect: settings.connect,
    })
  } catch (error) {
    return [`The first jobs could not be started: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function welcome(screen: Screen, settings: LocalSettings, stack: Stack, token: string, took: string): void {
  const page = `${stack.pageUrl}/#token=${token}`
  const password =
    settings.databaseUrl === undefined ? `  (password in ${homeFiles(settings.home).postgresPassword})` : ''
  screen.say(`\nPlumbline is running, started in ${took}.\n`)
  screen.part('Page', page)
  screen.part('API', `${stack.pageUrl}/docs`)
  screen.part('Temporal', stack.temporalUi)
  screen.part('Postgres', withoutPassword(stack.databaseUrl) + password)
  screen.part('Data, logs', settings.home)
  screen.say('\nCtrl-C ends all of it; the next start goes on with the same data.')
  if (settings.open) openBrowser(page)
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // The handles of the parts keep the process alive; nothing else has to happen here.
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function end(parts: Parts, screen: Screen): Promise<void> {
  const begun = performance.now()
  const ended = parts.stop().then(() => true)
  if (await Promise.race([ended, sleep(endWithinMs, false, { ref: false })])) {
    screen.say(`Ended in ${secondsSince(begun)}.`)
    return
  }
  screen.say('Not ended in time: ending by force.')
  parts.kill()
  await ended
}

/** What is not killed in this moment (a server in the middle of its start) is ended by the next start of this home. */
function endByForce(parts: Parts): void {
  parts.kill()
  setTimeout(() => process.exit(130), 1000)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const text = error instanceof StartError ? [error.message, error.hint].filter(Boolean).join('\n') : error
    process.stderr.write(`\n${text instanceof Error ? text.stack : String(text)}\n`)
    process.exit(1)
  },
)
