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
import { cancelLabelled } from './cancel-job.ts'
import { describe } from './describe.ts'
import { BigQueryLink, type LinkOptions } from './link.ts'
import { measure } from './measure.ts'
import { measureQuery } from './measure-query.ts'
import { observeTables } from './observe-tables.ts'
import { readCatalog } from './read-catalog.ts'
import { readHistory } from './read-history.ts'
import { readProcedures } from './read-procedures.ts'
import { readQueries } from './read-queries.ts'
import { relationSizes } from './relation-sizes.ts'
import { sample } from './sample.ts'
import { zBigQuerySettings } from './settings.ts'
import { testConnection } from './test-connection.ts'

/** BigQuery, by a service account of its own; one project a connection. */
export const connector: Connector = {
  kind: 'bigquery',
  sessionsAtOnce: 1,
  parseSettings: (settings) => zBigQuerySettings.parse(settings),
  open: async (target, options) => new BigQuerySession(await BigQueryLink.open(optionsOf(target, options))),
  endSessions: async (target, label, options) =>
    cancelLabelled(await BigQueryLink.open(optionsOf(target, options)), label),
  test: (target, options) => testConnection(optionsOf(target, options)),
}

const optionsOf = ({ settings, credentials }: ConnectionTarget, options: OpenOptions): LinkOptions => ({
  ...options,
  settings: zBigQuerySettings.parse(settings),
  credentials,
})

class BigQuerySession implements Session {
  readonly #link: BigQueryLink

  constructor(link: BigQueryLink) {
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
    return readQueries(this.#link, relations)
  }

  readStatements(request: StatementRequest): AsyncIterable<StatementEvent> {
    return request.kind === 'query' ? readHistory(this.#link, request) : readProcedures(this.#link, request)
  }

  observeTables(relations: readonly RelationRef[]): Promise<ObservedTables> {
    return observeTables(this.#link, relations)
  }

  /** No row is read for freshness: BigQuery notes when each table and partition was written. */
  readNewest(): Promise<NewestResult[]> {
    return Promise.resolve([])
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

  /** Every call stands for itself: nothing stays open, and a job that runs is cancelled by the signal. */
  close(): Promise<void> {
    return Promise.resolve()
  }
}
