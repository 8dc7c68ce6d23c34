import { setTimeout as sleep } from 'node:timers/promises'
import type { BigQuery } from '@google-cloud/bigquery'
import type { AuthClient } from 'google-auth-library'
import { z } from 'zod'
import { connectorErrorOf, isPassing } from './driver-error.ts'
import { zDatasetList } from './resources.ts'
import type { BigQuerySettings } from './settings.ts'
import { signIn, type Credentials } from './sign-in.ts'

const requestTimeoutMs = 60_000
/** Tries of a call that a quota held back, or over which BigQuery stumbled: 0.5, 1, 2 and 4 s apart, a little more or less. */
const mostTries = 5
const firstPauseMs = 500
/** Objects of a list in one answer; BigQuery gives no more than this. */
const pageSize = '1000'

export interface LinkOptions {
  settings: BigQuerySettings
  credentials: Credentials
  /** Becomes the label of every job. */
  label: string
  signal: AbortSignal
}

export interface Call<Schema extends z.ZodType> {
  method?: 'GET' | 'POST'
  /** Below the project, with names as they are: the library escapes them. */
  path: string
  query?: Record<string, string>
  body?: unknown
  answer: Schema
  /** The project that pays for queries has the jobs; the other one the data. */
  of?: 'data' | 'payer'
}

/** Calls of the REST API by the library: signed in, with a limit of time, tried again where that helps, and left when the signal aborts. */
export class BigQueryLink {
  readonly #options: LinkOptions
  readonly #client: BigQuery
  readonly #account: AuthClient
  /** Bytes that were billed so far. */
  bytesBilled = 0

  private constructor(options: LinkOptions, client: BigQuery, account: AuthClient) {
    this.#options = options
    this.#client = client
    this.#account = account
  }

  /** @throws ConnectorError, or the signal's reason */
  static async open(options: LinkOptions): Promise<BigQueryLink> {
    const { settings, signal } = options
    signal.throwIfAborted()
    const [{ BigQuery: Client }, authClient] = await Promise.all([import('@google-cloud/bigquery'), signIn(options)])
    const client = new Client({
      projectId: settings.project,
      authClient,
      userAgent: 'Plumbline',
      // Its own tries cannot be ended, nor tell one reason from another.
      retryOptions: { autoRetry: false },
      ...(settings.url != null && { apiEndpoint: settings.url.replace(/\/$/, '') }),
    })
    const link = new BigQueryLink(options, client, authClient)
    await link.call({ path: '/datasets', query: { maxResults: '1' }, answer: zDatasetList })
    return link
  }

  get settings(): BigQuerySettings {
    return this.#options.settings
  }

  get label(): string {
    return this.#options.label
  }

  get signal(): AbortSignal {
    return this.#options.signal
  }

  get payer(): string {
    return this.settings.billingProject ?? this.settings.project
  }

  /** The e-mail address of the account, where its credentials tell. */
  get email(): string | undefined {
    const { email } = zAccount.parse(this.#account)
    return email
  }

  /** @throws ConnectorError, or the signal's reason */
  async call<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.output<Schema>> {
    const { signal } = this
    for (let tries = 1; ; tries++) {
      signal.throwIfAborted()
      try {
        return call.answer.parse(await this.#unlessAborted(this.send(call)))
      } catch (error) {
        signal.throwIfAborted()
        const failure = connectorErrorOf(error)
        if (!isPassing(failure) || tries === mostTries) throw failure
      }
      const pauseMs = firstPauseMs * 2 ** (tries - 1) * (0.75 + Math.random() / 2)
      await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted())
    }
  }

  /** One try, which goes on when the signal aborts: for what must be known, or tidied up, all the same. */
  send({ method = 'GET', path, query, body, of = 'data' }: Omit<Call<z.ZodType>, 'answer'>): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const projectId = of === 'payer' ? this.payer : this.settings.project
    const request = {
      method,
      uri: path,
      timeout: requestTimeoutMs,
      projectId,
      ...(query && { qs: query }),
      ...(body !== undefined && { json: body }),
    }
    this.#client.request(request, (error, answer) => (error ? reject(error) : resolve(answer)))
    return promise
  }

  /** What a list holds, page by page. */
  async *pages<Schema extends z.ZodType<{ nextPageToken?: string | null | undefined }>>(
    call: Call<Schema>,
  ): AsyncGenerator<z.output<Schema>> {
    let pageToken: string | null | undefined
    do {
      const query = { maxResults: pageSize, ...call.query, ...(pageToken != null && { pageToken }) }
      const page = await this.call({ ...call, query })
      yield page
      pageToken = page.nextPageToken
    } while (pageToken)
  }

  async #unlessAborted<Value>(work: Promise<Value>): Promise<Value> {
    const { promise: stopped, reject } = Promise.withResolvers<never>()
    const stop = () => reject(this.signal.reason)
    this.signal.addEventListener('abort', stop, { once: true })
    try {
      return await Promise.race([work, stopped])
    } finally {
      this.signal.removeEventListener('abort', stop)
    }
  }
}

const zAccount = z.object({ email: z.string().optional() })
