import type { Bind, Connection, RowStatement, StatementOption } from 'snowflake-sdk'
import { ConnectorError } from '../connector-error.ts'
import { connect, disconnect, type ConnectOptions } from './connect.ts'
import { connectorErrorOf, isConnectionCode } from './driver-error.ts'
import { SessionBudget } from './session-budget.ts'

/** What an answer may take on its way after Snowflake's own time limit. */
const networkSlackMs = 15_000
/** How long a cancelled statement may take to end; callers are promised 5 s. */
const cancelGraceMs = 4_000
const defaultTimeoutMs = 60_000
const rowsPerPage = 1_000

export interface QueryOptions {
  binds?: readonly Bind[]
  /** Also the time limit in Snowflake itself, in whole seconds. */
  timeoutMs?: number
  /** Of the session, for this statement alone. */
  parameters?: Readonly<Record<string, string | number>>
}

/**
 * One session. Every statement has a time limit in Snowflake, counts against the budget of its job, and is cancelled in Snowflake
 * when the signal aborts. Statements may run side by side.
 */
export class SnowflakeLink {
  readonly #options: ConnectOptions
  readonly #connection: Connection
  readonly #budget: SessionBudget

  private constructor(options: ConnectOptions, connection: Connection, budget: SessionBudget) {
    this.#options = options
    this.#connection = connection
    this.#budget = budget
  }

  /** @throws ConnectorError, or the signal's reason */
  static async open(options: ConnectOptions): Promise<SnowflakeLink> {
    const budget = await SessionBudget.open(options.settings, options.budget)
    const link = new SnowflakeLink(options, await connect(options), budget)
    try {
      await link.query(sessionSettings)
      return link
    } catch (error) {
      await link.close()
      throw error
    }
  }

  get settings(): ConnectOptions['settings'] {
    return this.#options.settings
  }

  /** All rows of a statement: for what is known to be small. */
  async query<Row>(sqlText: string, options: QueryOptions = {}): Promise<Row[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>()
    await this.#run(
      { sqlText, complete: (error, _, rows) => (error ? reject(error) : resolve(rows ?? [])) },
      options,
      promise,
    )
    return promise
  }

  /** The first rows of a statement, each value as text, in the order of its columns. */
  async texts(
    sqlText: string,
    { mostRows, ...options }: QueryOptions & { mostRows: number },
  ): Promise<(string | null)[][]> {
    const asTexts = { rowMode: 'array', fetchAsString: ['Number', 'Boolean', 'Date', 'JSON', 'Buffer'] } as const
    const rows: (string | null)[][] = []
    const option = { sqlText, ...asTexts, fetchAsString: [...asTexts.fetchAsString] }
    const pages = this.#stream<(string | number | boolean | null)[]>(option, {
      ...options,
      parameters: { ROWS_PER_RESULTSET: mostRows },
    })
    for await (const page of pages) {
      rows.push(...page.map((row) => row.map((value) => (value === null ? null : String(value)))))
      if (rows.length >= mostRows) break
    }
    return rows.slice(0, mostRows)
  }

  /** The rows of a statement page by page, without holding more than one. */
  pages<Row>(sqlText: string, options: QueryOptions = {}): AsyncGenerator<Row[]> {
    return this.#stream<Row>({ sqlText }, options)
  }

  async *#stream<Row>(option: StatementOption, options: QueryOptions): AsyncGenerator<Row[]> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const complete: StatementOption['complete'] = (error) => (error ? reject(error) : resolve())
    const statement = await this.#run({ ...option, streamResult: true, complete }, options, promise)
    const rows = statement.streamRows()
    const stop = () => rows.destroy(new Error('stopped'))
    this.#options.signal.addEventListener('abort', stop, { once: true })
    try {
      let page: Row[] = []
      for await (const row of rows) {
        page.push(row)
        if (page.length < rowsPerPage) continue
        yield page
        page = []
      }
      if (page.length > 0) yield page
    } catch (error) {
      this.#options.signal.throwIfAborted()
      throw connectorErrorOf(error)
    } finally {
      this.#options.signal.removeEventListener('abort', stop)
      rows.destroy()
    }
  }

  /** Ends the session, and with it what still runs. Never throws: a record that is away does not learn what was spent last. */
  async close(): Promise<void> {
    await disconnect(this.#connection)
    await this.#budget.tell().catch(() => undefined)
  }

  /** Waits for `done`, which the `complete` of the statement settles. */
  async #run(
    option: StatementOption,
    { binds = [], timeoutMs = defaultTimeoutMs, parameters: more = {} }: QueryOptions,
    done: Promise<unknown>,
  ): Promise<RowStatement> {
    const { signal } = this.#options
    // Awaited below unless a cancelled statement never answers: then it is nobody's.
    done.catch(() => undefined)
    signal.throwIfAborted()
    this.#budget.begin()
    const begun = performance.now()
    const parameters = { ...more, STATEMENT_TIMEOUT_IN_SECONDS: Math.max(1, Math.ceil(timeoutMs / 1000)) }
    const given = { ...option, parameters, ...(binds.length > 0 && { binds: [...binds] }) }
    const statement = this.#connection.execute(given)
    const { promise: stopped, reject } = Promise.withResolvers<never>()
    stopped.catch(() => undefined)
    let grace: NodeJS.Timeout | undefined
    const cancel = (reason: unknown) => {
      statement.cancel()
      grace ??= setTimeout(() => reject(reason), cancelGraceMs)
    }
    const stop = () => cancel(signal.reason)
    const tooLong = new ConnectorError('statement-timeout', `No answer within ${Math.round(timeoutMs / 1000)} s`)
    const late = setTimeout(() => cancel(tooLong), timeoutMs + networkSlackMs)
    signal.addEventListener('abort', stop, { once: true })
    try {
      await Promise.race([done, stopped])
      if (!('streamRows' in statement)) throw new TypeError('the statement returned no rows')
      return statement
    } catch (error) {
      signal.throwIfAborted()
      throw connectorErrorOf(error)
    } finally {
      clearTimeout(late)
      clearTimeout(grace)
      signal.removeEventListener('abort', stop)
      await this.#budget.end(performance.now() - begun)
    }
  }
}

/** Times as UTC, quoted names as they stand, and a statement whose session is gone is not finished for nobody. */
const sessionSettings = `alter session set timezone = 'UTC', quoted_identifiers_ignore_case = false, abort_detached_query = true,
  statement_timeout_in_seconds = 600, multi_statement_count = 1, week_start = 1`

/** After one of these the session can only be closed. */
export const endsSession = (error: unknown): boolean =>
  error instanceof ConnectorError && (isConnectionCode(error.code) || error.code === 'budget-spent')
