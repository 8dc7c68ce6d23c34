import type { Client, CustomTypesConfig, QueryArrayConfig, QueryResultRow } from 'pg'
import { applicationNameOf, connect, type Connected } from './connect.ts'
import { connectorErrorOf, isConnectionCode } from './driver-error.ts'
import { quoteLiteral } from './quote.ts'
import type { PostgresSettings } from './settings.ts'

const connectTimeoutMs = 10_000
/** Reaching the server to cancel and waiting for the cancelled statement: together below the 5 s that callers are promised. */
const cancelTimeoutMs = 3_000
const cancelGraceMs = 1_500
const closeTimeoutMs = 2_000
/** What an answer may take on its way after the server's own time limit. */
const networkSlackMs = 15_000

/** A query for which the server is asked to parse exactly one statement. */
type ExtendedQuery = QueryArrayConfig & { queryMode: 'extended' }

/** Parses nothing. */
const texts: CustomTypesConfig = { getTypeParser: () => (value: unknown) => value }

export interface LinkOptions {
  settings: PostgresSettings
  password: string
  /** PEM, the key of the client's certificate; empty for none. */
  sslKey: string
  label: string
  signal: AbortSignal
}

/**
 * One connection, one call at a time, every statement inside a read-only transaction. Nothing outlives a transaction and
 * nothing is a startup parameter, so that a pooler in transaction mode can stand in between.
 */
export class PostgresLink {
  readonly #options: LinkOptions
  readonly #connected: Connected
  #statementTimeoutMs = connectTimeoutMs
  #busy = false
  #broken = false
  /** The process that serves the open transaction; behind a pooler it is not the one that took the connection. */
  #backend: number | null = null

  private constructor(options: LinkOptions, connected: Connected) {
    this.#options = options
    this.#connected = connected
  }

  /** @throws ConnectorError, or the signal's reason */
  static async open(options: LinkOptions): Promise<PostgresLink> {
    const connected = await connect({ ...options, timeoutMs: connectTimeoutMs })
    return new PostgresLink(options, connected)
  }

  get tls(): boolean {
    return this.#connected.tls
  }

  /**
   * Begins a transaction on one snapshot, in one round trip; ends with the block it is declared in (`await using`).
   * @param more settings of the server that hold in it, beside those of every transaction
   * @throws Error when a transaction is open: a session does one thing at a time
   */
  async begin(statementTimeoutMs: number, more: Readonly<Record<string, string>> = {}): Promise<AsyncDisposable> {
    if (this.#busy) throw new Error('the session is in use: it does one thing at a time')
    this.#busy = true
    this.#statementTimeoutMs = statementTimeoutMs
    const end = () => this.#end()
    try {
      const settings = transactionSettings(this.#options.label, statementTimeoutMs, more)
      const answer = await this.#run((client) => client.query<{ pid?: number }>(`${begin}; ${settings}`))
      // Of several statements the driver gives the answers of each, whatever its types say.
      this.#backend = [answer].flat().at(-1)?.rows[0]?.pid ?? null
    } catch (error) {
      await end()
      throw error
    }
    return { [Symbol.asyncDispose]: end }
  }

  /**
   * One statement. Once the signal is aborted the statement is cancelled in the server itself, and the call rejects with
   * the signal's reason: at once where the server obeys, else within 5 s by cutting the connection.
   */
  async query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.#run((client) => client.query<Row>({ text, values }))
    return rows
  }

  /** One statement, which the server makes sure of; every value of its answer is the text that the server wrote. */
  async queryTexts(text: string): Promise<{ fields: number; rows: (string | null)[][] }> {
    const config: ExtendedQuery = { text, queryMode: 'extended', rowMode: 'array', types: texts }
    const { fields, rows } = await this.#run((client) => client.query<(string | null)[]>(config))
    return { fields: fields.length, rows }
  }

  async #run<Answer>(statement: (client: Client) => Promise<Answer>): Promise<Answer> {
    const { signal } = this.#options
    signal.throwIfAborted()
    const watch = new StatementWatch(() => this.#cut(), this.#statementTimeoutMs + networkSlackMs)
    let stopping: Promise<void> | undefined
    const stop = () => {
      stopping = this.#stopStatement(watch)
    }
    signal.addEventListener('abort', stop, { once: true })
    try {
      return await statement(this.#connected.client)
    } catch (error) {
      const failure = connectorErrorOf(error)
      this.#broken ||= isConnectionCode(failure.code)
      signal.throwIfAborted()
      throw failure
    } finally {
      signal.removeEventListener('abort', stop)
      watch.over()
      // Only then may the transaction end: until the request to cancel is through, its process must not change hands.
      await stopping
    }
  }

  /** Ends the session, and with it what still runs. Never throws. */
  async close(): Promise<void> {
    const { client, socket } = this.#connected
    const late = setTimeout(() => socket.destroy(), closeTimeoutMs)
    try {
      await client.end()
    } catch {
      // A connection that cannot say goodbye is gone all the same.
    } finally {
      clearTimeout(late)
      socket.destroy()
    }
  }

  async #end(): Promise<void> {
    try {
      // Also after an abort: the statement is over by now, and a pooler wants its server back in order.
      if (!this.#broken) await this.#rollback()
    } catch {
      this.#broken = true
    } finally {
      this.#backend = null
      this.#busy = false
    }
  }

  /**
   * The open transaction holds its server process, so the number cannot have passed on to somebody else's statement while
   * this asks to cancel it.
   */
  async #stopStatement(watch: StatementWatch): Promise<void> {
    const obeyed = this.#backend !== null && (await this.#cancelBackend(this.#backend))
    if (obeyed) watch.limit(cancelGraceMs)
    else this.#cut()
  }

  async #rollback(): Promise<void> {
    const watch = new StatementWatch(() => this.#cut(), closeTimeoutMs)
    try {
      await this.#connected.client.query('rollback')
    } finally {
      watch.over()
    }
  }

  #cut(): void {
    this.#broken = true
    this.#connected.socket.destroy()
  }

  async #cancelBackend(pid: number): Promise<boolean> {
    const signal = AbortSignal.timeout(cancelTimeoutMs)
    try {
      const { client, socket } = await connect({ ...this.#options, signal, timeoutMs: cancelTimeoutMs })
      signal.addEventListener('abort', () => socket.destroy(), { once: true })
      try {
        const { rows } = await client.query<{ done: boolean }>('select pg_cancel_backend($1) as done', [pid])
        return rows[0]?.done === true
      } finally {
        await client.end()
      }
    } catch {
      return false
    }
  }
}

/** Cuts off a statement that the server neither answers nor ends, as behind a network that swallows packets. */
class StatementWatch {
  readonly #cut: () => void
  #timer: NodeJS.Timeout | undefined
  #isOver = false

  constructor(cut: () => void, limitMs: number) {
    this.#cut = cut
    this.limit(limitMs)
  }

  limit(limitMs: number): void {
    clearTimeout(this.#timer)
    if (!this.#isOver) this.#timer = setTimeout(this.#cut, limitMs)
  }

  over(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }
}

const begin = 'begin isolation level repeatable read, read only'

/**
 * Made local to the transaction. The empty search path makes every name in a definition a qualified one, whoever reads it,
 * and keeps objects of the source from standing in for built-in ones. A worker that dies leaves no statement behind
 * where the server can watch the connection (from 14, not on Windows).
 */
function transactionSettings(
  label: string,
  statementTimeoutMs: number,
  more: Readonly<Record<string, string>>,
): string {
  const settings = {
    search_path: '',
    statement_timeout: String(statementTimeoutMs),
    lock_timeout: '3000',
    idle_in_transaction_session_timeout: '600000',
    application_name: applicationNameOf(label),
    jit: 'off',
    cursor_tuple_fraction: '1',
    datestyle: 'ISO',
    intervalstyle: 'postgres',
    timezone: 'UTC',
    bytea_output: 'hex',
    ...more,
  }
  const assignments = Object.entries(settings).map(
    ([name, value]) => `pg_catalog.set_config('${name}', ${quoteLiteral(value)}, true)`,
  )
  const watch = `(select pg_catalog.set_config('client_connection_check_interval', '5000', true)
    where current_setting('server_version_num')::int >= 140000 and version() ~* '(linux|darwin|apple|bsd)')`
  return `select pg_catalog.pg_backend_pid() as pid, ${[...assignments, watch].join(', ')}`
}
