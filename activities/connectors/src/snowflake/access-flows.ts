import { z } from 'zod'
import type { SourceFlow } from '../connector.ts'

const zSource = z.object({
  objectName: z.string(),
  objectDomain: z.string().nullish(),
  columnName: z.string().nullish(),
})
const zColumn = z.object({
  columnName: z.string(),
  directSources: z.array(zSource).nullish(),
  baseSources: z.array(zSource).nullish(),
})
const zObject = z.object({
  objectName: z.string(),
  objectDomain: z.string().nullish(),
  columns: z.array(zColumn).nullish(),
})
type AccessedObject = z.output<typeof zObject>

/** Objects that hold no data. */
const isWithoutData = (domain: string | null | undefined): boolean =>
  /^(?:function|procedure|tag)$|policy/i.test(domain ?? '')

/**
 * What flowed, as `ACCESS_HISTORY` has it: `direct_objects_accessed` and `objects_modified` as JSON. A source is the view that was named
 * rather than the tables below it: these are the view's own. What was read, and gave no column a value, decided which rows came.
 *
 * @returns null for what says of no object that it was written
 */
export function accessFlows(read: string | null, written: string | null): SourceFlow[] | null {
  const targets = objectsIn(written)
  if (targets.length === 0) return null
  const sources = objectsIn(read)
  return targets.flatMap((target) => flowsInto(target, sources))
}

function objectsIn(json: string | null): AccessedObject[] {
  if (json === null) return []
  const parsed = z.array(z.unknown()).safeParse(JSON.parse(json))
  return (parsed.data ?? [])
    .flatMap((one) => zObject.safeParse(one).data ?? [])
    .filter(({ objectDomain }) => !isWithoutData(objectDomain))
    .map((one) => (one.objectDomain === 'Stage' ? { ...one, objectName: stageName(one.objectName) } : one))
}

/** As its asset is called. */
const stageName = (name: string): string =>
  name.replace(/(?:[^."]+|"(?:[^"]|"")*")$/, (last) => `"@${last.replaceAll('"', '')}"`)

function flowsInto(target: AccessedObject, sources: readonly AccessedObject[]): SourceFlow[] {
  const flows = new Map<string, SourceFlow>()
  const flowFrom = (from: string): SourceFlow => {
    const known = flows.get(from) ?? { from, to: target.objectName, columns: [], indirect: [] }
    flows.set(from, known)
    return known
  }
  for (const { columnName: to, directSources, baseSources } of target.columns ?? [])
    for (const source of directSources?.length ? directSources : (baseSources ?? []))
      if (source.columnName && !isWithoutData(source.objectDomain))
        flowFrom(source.objectName).columns.push({ from: source.columnName, to })
  for (const { objectName, columns } of sources) {
    const flow = flowFrom(objectName)
    const flowing = new Set(flow.columns.map(({ from }) => from))
    flow.indirect.push(...(columns ?? []).map((one) => one.columnName).filter((name) => !flowing.has(name)))
  }
  flows.delete(target.objectName)
  return [...flows.values()]
}
