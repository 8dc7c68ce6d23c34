import type {
  CatalogEvent,
  CatalogRequest,
  CollectedQuery,
  ConnectionTarget,
  Connector,
  NewestResult,
  ObservedTables,
  OpenOptions,
  RelationRef,
  SampleRequest,
  Session,
  SourceDescription,
  StatementEvent,
  StatementRequest,
} from '../connector.ts'
import type { NewestRequest } from '@plumbline/workflows'
import type { Measurement, MeasureRequest, QueryRequest, QueryValue, RelationSize } from '../measuring.ts'
import { describe } from './describe.ts'
import { endSessions } from './end-sessions.ts'
import { observeTables } from './freshness/observe-tables.ts'
import { readNewest } from './freshness/read-newest.ts'
import { PostgresLink, type LinkOptions } from './link.ts'
import { measure } from './measure.ts'
import { measureQuery } from './measure-query.ts'
import { readCatalog } from './read-catalog.ts'
import { readQueries } from './read-queries.ts'
import { readStatements } from './read-statements.ts'
import { relationSizes } from './relation-sizes.ts'
import { sample } from './sample.ts'
import { zPostgresSettings } from './settings.ts'
import { testConnection } from './test-connection.ts'

/** PostgreSQL 12 to 18 and what speaks its protocol with its catalog, also through a pooler in transaction mode. */
export const connector: Connector = {
  kind: 'postgres',
  sessionsAtOnce: 2,
  parseSettings: (settings) => zPostgresSettings.parse(settings),
  open: async (target, options) => new PostgresSession(await PostgresLink.open(linkOptions(target, options))),
  endSessions: (target, label, options) => endSessions(linkOptions(target, options), label),
  test: (target, options) => testConnection(linkOptions(target, options)),
}

function linkOptions({ settings, credentials }: ConnectionTarget, options: OpenOptions): LinkOptions {
  const { password = '', sslKey = '' } = credentials
  return { ...options, settings: zPostgresSettings.parse(settings), password, sslKey }
}

const identities = (relations: readonly RelationRef[]): string[] => relations.map(({ externalId }) => externalId)

class PostgresSession implements Session {
  readonly #link: PostgresLink

  constructor(link: PostgresLink) {
    this.#link = link
  }

  describe(): Promise<SourceDescription> {
    return describe(this.#link)
  }

  readCatalog(request: CatalogRequest = {}): AsyncIterable<CatalogEvent> {
    return readCatalog(this.#link, request)
  }

  sample(request: SampleRequest): Promise<string[][]> {
    return sample(this.#link, request)
  }

  readQueries(relations: readonly RelationRef[]): AsyncIterable<CollectedQuery[]> {
    return readQueries(this.#link, identities(relations))
  }

  readStatements(request: StatementRequest): AsyncIterable<StatementEvent> {
    return readStatements(this.#link, request)
  }

  observeTables(relations: readonly RelationRef[]): Promise<ObservedTables> {
    return observeTables(this.#link, relations)
  }

  readNewest(requests: readonly NewestRequest[]): Promise<NewestResult[]> {
    return readNewest(this.#link, requests)
  }

  relationSizes(relations: readonly RelationRef[]): Promise<RelationSize[]> {
    return relationSizes(this.#link, relations)
  }

  measure(request: MeasureRequest): Promise<Measurement> {
    return measure(this.#link, request)
  }

  measureQuery(request: QueryRequest): Promise<QueryValue[]> {
    return measureQuery(this.#link, request)
  }

  close(): Promise<void> {
    return this.#link.close()
  }
}
