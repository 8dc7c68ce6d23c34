import type {
  CatalogScope,
  ConnectionCheck,
  DiscoveredRelation,
  DiscoveredSchema,
  ErrorCode,
  JobWarning,
  NewestRead,
  NewestRequest,
  SourceMoment,
  TableObservation,
  UnreadRelation,
} from '@plumbline/workflows'
import type { ConnectionKind } from './kinds.ts'
import type { Measurement, MeasureRequest, QueryRequest, QueryValue, RelationSize } from './measuring.ts'

/** How one database is reached, with its credentials opened: made only inside the `warehouse` activities. */
export interface ConnectionTarget {
  settings: Record<string, unknown>
  credentials: Record<string, string>
}

export interface OpenOptions {
  /** Shown by the source beside the session, so that its owner sees who asks: `plumbline job 0198…`. */
  label: string
  /** Aborts what runs: the statement is cancelled in the source itself and every pending call rejects within 5 s. */
  signal: AbortSignal
  /** Of whoever the session is for; without one, each session has its own limits. */
  budget?: Budget
}

/** What all sessions of a job spend together: how much they may is said by the settings of a connection. */
export interface Budget {
  spent(): Promise<Spending>
  /** Adds what a session has spent since it told last. */
  add(spending: Spending): Promise<void>
}

export interface Spending {
  statements: number
  /** Of statements that ran, whether or not side by side. */
  ms: number
}

/** Who is connected to what; for people, and free of secrets. */
export interface SourceDescription {
  /** With its version: `PostgreSQL 16.4`. */
  product: string
  /** The role that statements run as. */
  user: string
  /** What else tells why something can be read or not: by name. */
  details: Record<string, unknown>
}

/** One kind of warehouse. A new one is a folder, a line in `kinds.ts`, and passes `conformance.ts`. */
export interface Connector {
  readonly kind: ConnectionKind
  /**
   * Sessions that a step may have at once to look at thousands of tables. More than one where each is a process of the server, which
   * takes most of its time to open a table; one where a statement tells of all tables, or costs money.
   */
  readonly sessionsAtOnce: number
  /** Parses the settings of `POST /connections`; throws a ZodError with paths. */
  parseSettings(settings: unknown): Record<string, unknown>
  /**
   * A read-only session.
   * @throws ConnectorError `connection-refused`, `connection-timeout`, `host-not-found`, `tls-failed`,
   *   `authentication-failed`, `database-not-found`, `too-many-connections`, `permission-denied`
   */
  open(target: ConnectionTarget, options: OpenOptions): Promise<Session>
  /**
   * Ends the sessions that carry a label and are of the same user, with what they run: those of a job whose worker is gone, or
   * stands still. Safe to repeat.
   * @returns how many were told to end
   * @throws ConnectorError as `open` does
   */
  endSessions(target: ConnectionTarget, label: string, options: OpenOptions): Promise<number>
  /** What works and which permission is missing, as far as it can be tried; never throws for what it finds. */
  test(target: ConnectionTarget, options: OpenOptions): Promise<ConnectionCheck[]>
}

/**
 * An open session, which does one thing at a time. Every method may throw a ConnectorError. After `permission-denied`,
 * `statement-timeout`, `lock-timeout` and `source-failed` it can go on, as with the next table; after any other code, and
 * once the signal is aborted, it can only be closed.
 */
export interface Session {
  describe(): Promise<SourceDescription>
  /** Streams the catalog as one consistent view of it, without holding more than identities and fingerprints of it. */
  readCatalog(request?: CatalogRequest): AsyncIterable<CatalogEvent>
  /**
   * Reads up to `rows` rows of some columns of one table in one statement. Values come as text; nulls are left out.
   * @returns for each column, in the order asked for, its values
   */
  sample(request: SampleRequest): Promise<string[][]>
  /** Streams what lineage is made of. */
  readQueries(relations: readonly RelationRef[]): AsyncIterable<CollectedQuery[]>
  /**
   * Streams statements that write: those that the source kept, most called first, and the bodies of its routines. A part that
   * cannot be read is a warning which says how to allow it.
   */
  readStatements(request: StatementRequest): AsyncIterable<StatementEvent>
  /**
   * What the catalog tells of relations and of the partitions below them, without reading a row; relations that are not there are
   * left out. One that was created again under its name is told by the id it is asked for by, with the identity it has now.
   */
  observeTables(relations: readonly RelationRef[]): Promise<ObservedTables>
  /** The newest rows of some tables, 100 at most, in the order asked for; never a whole large table. */
  readNewest(requests: readonly NewestRequest[]): Promise<NewestResult[]>
  /** What the source knows of relations without reading them; those that are there neither by their id nor by their name are missing. */
  relationSizes(relations: readonly RelationRef[]): Promise<RelationSize[]>
  /** Measures the rows and columns of a table by one statement. */
  measure(request: MeasureRequest): Promise<Measurement>
  /** Runs a query that returns one number, or one a group, and rolls back whatever it did. */
  measureQuery(request: QueryRequest): Promise<QueryValue[]>
  close(): Promise<void>
}

/** A relation as the last discovery found it: some sources find it by its identity, the others by its names. */
export interface RelationRef {
  externalId: string
  schema: string
  name: string
}

export interface CatalogRequest {
  /** The whole catalog when left out. */
  scope?: CatalogScope
  /**
   * Source fingerprints by `externalId`, as an earlier reading of what the scope has gave them: what still has its own is only told as
   * unchanged, and what is there no longer in the scope, but elsewhere, as unread.
   */
  known?: ReadonlyMap<string, string>
}

export interface ObservedTables {
  moment: SourceMoment
  tables: TableObservation[]
  /** What could not be looked at as closely as the rest. */
  warnings?: JobWarning[]
}

/** What concerns one table (it may not be read, is locked, takes too long) is its result, and the session goes on. */
export type NewestResult =
  | { externalId: string; kind: 'read'; read: NewestRead }
  | { externalId: string; kind: 'failed'; code: ErrorCode; message: string }

/**
 * What `readCatalog` streams: first one `total`, then relations in batches, schemas and warnings as they are known.
 * Every schema in scope is reported once, with or without relations, and `complete` only when all of it was read, but for the
 * relations that are told as unread.
 */
export type CatalogEvent =
  | { kind: 'total'; relations: number }
  | { kind: 'relations'; relations: DiscoveredRelation[] }
  | { kind: 'unchanged'; relations: UnchangedRelation[] }
  | { kind: 'unread'; relations: UnreadRelation[] }
  | { kind: 'schema'; schema: DiscoveredSchema }
  | { kind: 'warnings'; warnings: JobWarning[] }

/** A relation that is as it was when its source fingerprint was taken. */
export interface UnchangedRelation {
  externalId: string
  sourceFingerprint: string
  readable: boolean
  columns: number
}

export interface SampleRequest {
  schema: string
  table: string
  columns: readonly string[]
  rows: number
}

/** The query of a view in the form in which the source keeps it. */
export interface CollectedQuery {
  /** The relation that the query defines. */
  externalId: string
  /**
   * `postgres_rewrite`: the node tree of the view's rewrite rule (`pg_rewrite.ev_action`), its names resolved; `sql`: a statement in
   * the dialect of the kind.
   */
  kind: 'postgres_rewrite' | 'sql'
  text: string
}

export interface StatementRequest {
  kind: 'query' | 'function'
  /** Queries that ended before are not asked for; a source that does not know when they ran gives all. */
  since: Date
  /** Where the last reading ended that a `read` told of; another source than that one is read from `since` on. */
  readBefore: HistoryMark | null
  /** Statements at most. */
  limit: number
  /** Characters; what is longer is left out, and counted in a warning. */
  maxLength: number
}

/** How far a history was read. */
export interface HistoryMark {
  /** Which of the places where it can be read, by a name of the connector: they differ in what they show. */
  source: string
  to: Date
}

export type StatementEvent =
  | { kind: 'statements'; statements: SourceStatement[] }
  /** The calls were those since it was read before: the next reading begins here. */
  | { kind: 'read'; upTo: HistoryMark }
  | { kind: 'warnings'; warnings: JobWarning[] }

/** SQL that the source keeps besides the queries of its views. */
export interface SourceStatement {
  /** The identity that the source gives a routine; empty of a query, which is its text. */
  externalId: string
  /** Of a routine, with its schema and arguments; empty of a query. */
  name: string
  /** A query as the source has normalised it; a routine's body. */
  text: string
  /** How often it ran since the source began to count; null where nobody counts. */
  calls: number | null
  /** The schemas that a routine sets for itself; null: those of who calls it. */
  searchPath: string[] | null
  /** The table that its result was written to, where the text does not say it. */
  target?: Pick<RelationRef, 'schema' | 'name'>
  /** What the source saw flow when it ran: it need not be parsed. */
  flows?: SourceFlow[]
}

/** Between two tables by full names, quoted where that is needed, as `SHOP.SALES."odd name"`. */
export interface SourceFlow {
  from: string
  to: string
  columns: { from: string; to: string }[]
  /** Columns of `from` that were read, and whose values went nowhere. */
  indirect: string[]
}
