import type { CatalogEvent } from '@plumbline/connectors'
import type { DiscoveredRelation, DiscoveredSchema, JobWarning } from '@plumbline/workflows'
import { targetOf, withSession } from './source-database.ts'

/** All that a reading tells, put together. */
export interface Catalog {
  total: number
  relations: Map<string, DiscoveredRelation>
  schemas: DiscoveredSchema[]
  warnings: JobWarning[]
}

export async function read(url: string, schemas?: string[], settings?: Record<string, unknown>): Promise<Catalog> {
  return withSession(targetOf(url, settings), async (session) => {
    const catalog: Catalog = { total: 0, relations: new Map(), schemas: [], warnings: [] }
    for await (const event of session.readCatalog(schemas === undefined ? {} : { schemas })) add(catalog, event)
    return catalog
  })
}

function add(catalog: Catalog, event: CatalogEvent): void {
  switch (event.kind) {
    case 'total':
      catalog.total = event.relations
      break
    case 'relations':
      for (const relation of event.relations) {
        const name = `${relation.schema}.${relation.name}`
        if (catalog.relations.has(name)) throw new Error(`${name} is told twice`)
        catalog.relations.set(name, relation)
      }
      break
    case 'schema':
      catalog.schemas.push(event.schema)
      break
    case 'warnings':
      catalog.warnings.push(...event.warnings)
      break
  }
}

export function relationOf(catalog: Catalog, name: string): DiscoveredRelation {
  const found = catalog.relations.get(name)
  if (found === undefined) throw new Error(`${name} was not read`)
  return found
}
