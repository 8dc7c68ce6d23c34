import type { CatalogEvent, CatalogRequest } from '@plumbline/connectors'
import {
  wholeCatalog,
  type CatalogScope,
  type DiscoveredRelation,
  type DiscoveredSchema,
  type JobWarning,
  type UnreadRelation,
} from '@plumbline/workflows'
import { targetOf, withSession } from './source-database.ts'

/** All that a reading tells, put together. */
export interface Catalog {
  total: number
  relations: Map<string, DiscoveredRelation>
  /** Identities of what was told as unchanged. */
  unchanged: string[]
  schemas: DiscoveredSchema[]
  unread: UnreadRelation[]
  warnings: JobWarning[]
}

export interface ReadOptions {
  scope?: Partial<CatalogScope>
  known?: CatalogRequest['known']
  settings?: Record<string, unknown>
}

export async function read(url: string, { scope, known, settings }: ReadOptions = {}): Promise<Catalog> {
  return withSession(targetOf(url, settings), async (session) => {
    const catalog: Catalog = { total: 0, relations: new Map(), unchanged: [], schemas: [], unread: [], warnings: [] }
    for await (const event of session.readCatalog({ scope: { ...wholeCatalog, ...scope }, ...(known && { known }) }))
      add(catalog, event)
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
    case 'unchanged':
      catalog.unchanged.push(...event.relations.map(({ externalId }) => externalId))
      break
    case 'unread':
      catalog.unread.push(...event.relations)
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
