import type { NewestRequest } from '@plumbline/workflows'
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
import type { Measurement, MeasureRequest, QueryRequest, QueryValue, RelationSize } from '../measuring.ts'
import type { ConnectOptions } from './connect.ts'
import { describe } from './describe.ts'
import { endSessions } from './end-sessions.ts'
import { SnowflakeLink } from './link.ts'
import { measure } from './measure.ts'
import { measureQuery } from './measure-query.ts'
import { observeTables } from './observe-tables.ts'
import { readCatalog } from './read-catalog.ts'
import { readNewest } from './read-newest.ts'
import { readQueries } from './read-queries.ts'
import { readStatements } from './read-statements.ts'
import { relationSizes } from './relation-sizes.ts'
import { sample } from './sample.ts'
import { allShownDefinitions } from './shown-definitions.ts'
import { zSnowflakeSettings } from './settings.ts'
import { testConnection } from './test-connection.ts'

/** Snowflake, by a user with a role of its own; one database a connection. */
export const connector: Connector = {
  kind: 'snowflake',
  sessionsAtOnce: 1,
  parseSettings: (settings) => zSnowflakeSettings.parse(settings),
  open: async (target, options) => new SnowflakeSession(await SnowflakeLink.open(optionsOf(target, options))),
  endSessions: (target, label, options) => endSessions(optionsOf(target, options), label),
  test: (target, options) => testConnection(optionsOf(target, options)),
}

const optionsOf = ({ settings, credentials }: ConnectionTarget, options: OpenOptions): ConnectOptions => ({
  ...options,
  settings: zSnowflakeSettings.parse(settings),
  credentials,
})

class SnowflakeSession implements Session {
  readonly #link: SnowflakeLink
  #shown: Promise<Map<string, string>> | undefined

  constructor(link: SnowflakeLink) {
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
    return readQueries(this.#link, relations, () => (this.#shown ??= allShownDefinitions(this.#link)))
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
