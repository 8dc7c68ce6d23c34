import { matchNames, placesNamed, type Nameable, type Question } from '@plumbline/analysis'
import { findAsset, findConnection, findSchedule, isUuid } from '@plumbline/store'
import { nameableIn } from '../nameable-in.ts'
import type { ToolInput } from './question-tools.ts'
import type { ToolCaller } from './run-question-tool.ts'

type Parts = Pick<Question, 'asset' | 'connection' | 'schedule' | 'actor'>
export type NamedParts = { kind: 'named'; parts: Parts } | { kind: 'refused'; message: string }

type Finder = (caller: Pick<ToolCaller, 'db' | 'organizationId'>, name: string) => Promise<NamedParts>

/** What the names of a tool's input stand for, in the caller's organization: names are data, found as people's words are. */
export async function partsNamed(
  caller: Pick<ToolCaller, 'db' | 'organizationId'>,
  input: Pick<ToolInput, 'asset' | 'schedule' | 'actor'>,
): Promise<NamedParts> {
  const wanted: [Finder, string | undefined][] = [
    [placeNamed, input.asset],
    [scheduleNamed, input.schedule],
    [actorNamed, input.actor],
  ]
  const parts: Parts = {}
  for (const [find, name] of wanted) {
    if (name === undefined) continue
    const found = await find(caller, name)
    if (found.kind === 'refused') return found
    Object.assign(parts, found.parts)
  }
  return { kind: 'named', parts }
}

const unknown = (what: string): NamedParts => ({
  kind: 'refused',
  message: `There is no ${what} of this name or id in the organization`,
})
const partsOf = (thing: Nameable): Parts => {
  switch (thing.is) {
    case 'asset':
      return { asset: { id: thing.id, kind: thing.kind, name: thing.name } }
    case 'connection':
      return { connection: { id: thing.id, name: thing.name } }
    case 'schedule':
      return { schedule: { id: thing.id, name: thing.name } }
    case 'actor':
      return { actor: thing.name }
  }
}
const named = (thing: Nameable): NamedParts => ({ kind: 'named', parts: partsOf(thing) })

const placeNamed: Finder = async ({ db, organizationId }, name) => {
  if (isUuid(name)) {
    const asset = await findAsset(db, organizationId, name)
    if (asset) return named({ ...asset, is: 'asset', name: asset.qualifiedName })
    const connection = await findConnection(db, organizationId, name)
    return connection ? named({ is: 'connection', id: connection.id, name: connection.name }) : unknown('asset')
  }
  const places = placesNamed(name, await nameableIn(db, organizationId, [name]))
  const [first] = places
  if (!first) return unknown('asset or connection')
  if (places.length === 1) return named(first)
  const names = places.slice(0, 10).map((place) => place.name)
  return {
    kind: 'refused',
    message: `The name may be one of ${places.length}: ask with one of ${JSON.stringify(names)}`,
  }
}

const scheduleNamed: Finder = async ({ db, organizationId }, name) => {
  const schedule = isUuid(name) ? await findSchedule(db, organizationId, name) : undefined
  if (schedule) return named({ is: 'schedule', id: schedule.id, name: schedule.name })
  const things = await nameableIn(db, organizationId, [])
  const [match] = matchNames(
    [name],
    things.filter(({ is }) => is === 'schedule'),
  )
  return match ? named(match.thing) : unknown('schedule')
}

const actorNamed: Finder = async ({ db, organizationId }, name) => {
  const things = await nameableIn(db, organizationId, [])
  const [match] = matchNames(
    [name],
    things.filter(({ is }) => is === 'actor'),
  )
  return match ? named(match.thing) : unknown('person or token')
}
