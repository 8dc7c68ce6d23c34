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
import type { ConnectOptions } from './connect.ts'
import { describe } from './describe.ts'
import { endSessions } from './end-sessions.ts'
import { SnowflakeLink } from './link.ts'
import { measure } from './measure.ts'
import { observeTables } from './observe-tables.ts'
import { readCatalog } from './read-catalog.ts'
import { relationSizes } from './relation-sizes.ts'
import { sample } from './sample.ts'
import { zSnowflakeSettings } from './settings.ts'
import { testConnection } from './test-connection.ts'

/** Snowflake, by a user with a role of its own; one database a connection. */
export const connector: Connector = {
  kind: 'snowflake',
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

  close(): Promise<void> {
    return this.#link.close()
  }
}

/** What asks for it is refused before, as `jobTypes` and `sqlMetrics` of the kind say. */
const unsupported = (what: string): Promise<never> =>
  Promise.reject(new ConnectorError('job-type-unsupported', `${what} of Snowflake is not there yet`))

const unsupportedStream = (what: string): AsyncIterable<never> => ({
  [Symbol.asyncIterator]: () => ({ next: () => unsupported(what) }),
})
