import { ConnectorError } from '../connector-error.ts'
import type {
  CatalogEvent,
  CatalogRequest,
  ConnectionTarget,
  Connector,
  ObservedTables,
  OpenOptions,
  RelationRef,
  SampleRequest,
  Session,
  SourceDescription,
} from '../connector.ts'
import type { Measurement, MeasureRequest, RelationSize } from '../measuring.ts'
import { cancelLabelled } from './cancel-job.ts'
import { describe } from './describe.ts'
import { BigQueryLink, type LinkOptions } from './link.ts'
import { measure } from './measure.ts'
import { observeTables } from './observe-tables.ts'
import { readCatalog } from './read-catalog.ts'
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

  readQueries(): AsyncIterable<never> {
    return unsupportedStream('queries of views')
  }

  readStatements(): AsyncIterable<never> {
    return unsupportedStream('statements')
  }

  observeTables(relations: readonly RelationRef[]): Promise<ObservedTables> {
    return observeTables(this.#link, relations)
  }

  /** Freshness is told by `observeTables` alone. */
  readNewest(): Promise<never> {
    return unsupported('reading the newest rows')
  }

  relationSizes(relations: readonly RelationRef[]): Promise<RelationSize[]> {
    return relationSizes(this.#link, relations)
  }

  measure(request: MeasureRequest): Promise<Measurement> {
    return measure(this.#link, request)
  }

  measureQuery(): Promise<never> {
    return unsupported('metrics by SQL')
  }

  /** Every call stands for itself: nothing stays open, and a job that runs is cancelled by the signal. */
  close(): Promise<void> {
    return Promise.resolve()
  }
}

/** What asks for it is refused before, as `jobTypes` and `sqlMetrics` of the kind say. */
const unsupported = (what: string): Promise<never> =>
  Promise.reject(new ConnectorError('job-type-unsupported', `${what} of BigQuery is not there yet`))

const unsupportedStream = (what: string): AsyncIterable<never> => ({
  [Symbol.asyncIterator]: () => ({ next: () => unsupported(what) }),
})
