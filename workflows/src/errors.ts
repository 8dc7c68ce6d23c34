/**
 * Every stable error code: the HTTP status it answers with, whether the same call may succeed later, what it means and
 * what to do. Job errors and HTTP problems share this table, so that a code means one thing everywhere.
 */
export interface ErrorDefinition {
  http: number
  /** True when trying again without changing anything can help. */
  retryable: boolean
  title: string
  /** What the reader should do next. */
  hint: string
}

const define = <T extends Record<string, ErrorDefinition>>(table: T): T => table

export const errorCodes = define({
  'invalid-input': {
    http: 422,
    retryable: false,
    title: 'The request is not valid',
    hint: 'Correct the fields listed under errors.',
  },
  unauthorized: {
    http: 401,
    retryable: false,
    title: 'A valid token is missing',
    hint: 'Send Authorization: Bearer <token>; the local token is in .local/token.',
  },
  forbidden: {
    http: 403,
    retryable: false,
    title: 'The token has no right to do this',
    hint: 'Use a token with the role named in the detail.',
  },
  'not-found': {
    http: 404,
    retryable: false,
    title: 'Not found',
    hint: 'Check the id; it may belong to another organization or have been deleted.',
  },
  'job-already-active': {
    http: 409,
    retryable: true,
    title: 'A job of this type is active on this asset',
    hint: 'Wait for the job named in existingJobId, or cancel it.',
  },
  'job-already-ended': {
    http: 409,
    retryable: false,
    title: 'The job has ended',
    hint: 'An ended job never changes; retry it to run it again.',
  },
  'job-not-terminable': {
    http: 409,
    retryable: true,
    title: 'The job cannot be ended by force',
    hint: 'Cancel it first; the forced way is for a cancel that has not ended the job within half a minute.',
  },
  'job-not-retryable': {
    http: 409,
    retryable: false,
    title: 'The job cannot be retried',
    hint: 'Only the newest attempt of a chain, failed or cancelled, can be retried.',
  },
  'nothing-to-start': {
    http: 409,
    retryable: false,
    title: 'There is nothing to start a job on',
    hint: 'Change the target of the schedule, or discover the database first.',
  },
  'operation-already-ended': {
    http: 409,
    retryable: false,
    title: 'The operation has ended',
    hint: 'Begin another one; what it did stays done.',
  },
  'connection-in-use': {
    http: 409,
    retryable: true,
    title: 'Jobs of this connection are active',
    hint: 'Cancel the active jobs of the connection or wait for them.',
  },
  'name-taken': {
    http: 409,
    retryable: false,
    title: 'The name is taken',
    hint: 'Choose another name.',
  },
  'idempotency-key-reused': {
    http: 422,
    retryable: false,
    title: 'The idempotency key was used for another request',
    hint: 'Use a new key for a new request.',
  },
  'request-in-flight': {
    http: 409,
    retryable: true,
    title: 'The same request is being answered',
    hint: 'Send it again in a moment, with the same key.',
  },
  'token-in-use': {
    http: 409,
    retryable: false,
    title: 'The token is the one that asks',
    hint: 'Delete it with another token of an admin.',
  },
  'rate-limited': {
    http: 429,
    retryable: true,
    title: 'Too many requests by this token',
    hint: 'Wait as many seconds as Retry-After says; the limit is PLUMBLINE_RATE_LIMIT of the gateway.',
  },
  'payload-too-large': {
    http: 413,
    retryable: false,
    title: 'The request body is too large',
    hint: 'Send less than 1 MiB: in several requests, or by a filter instead of ids.',
  },
  'malformed-request': {
    http: 400,
    retryable: false,
    title: 'This is not HTTP',
    hint: 'Send the request by a well-formed HTTP/1.1 client; check what lies between it and the gateway.',
  },
  'request-timed-out': {
    http: 408,
    retryable: true,
    title: 'The request did not arrive in time',
    hint: 'Send it again; check the network if it repeats.',
  },
  'headers-too-large': {
    http: 431,
    retryable: false,
    title: 'Address and headers of the request are too large',
    hint: 'Send less than 16 KiB of address and headers: fewer filters in the address, or ids in the body of POST /jobs/bulk.',
  },
  'engine-unreachable': {
    http: 503,
    retryable: true,
    title: 'Temporal cannot be reached',
    hint: 'Start Temporal, or check TEMPORAL_ADDRESS.',
  },
  'record-unreachable': {
    http: 503,
    retryable: true,
    title: 'The record (Postgres) cannot be reached',
    hint: 'Start Postgres, or check DATABASE_URL.',
  },
  internal: {
    http: 500,
    retryable: true,
    title: 'Something unexpected went wrong',
    hint: 'Try again; if it stays, report the requestId with the log of the gateway.',
  },
  'connection-refused': {
    http: 502,
    retryable: true,
    title: 'The database refused the connection',
    hint: 'Check that the server runs and that host and port of the connection are right.',
  },
  'connection-timeout': {
    http: 504,
    retryable: true,
    title: 'The database did not answer in time',
    hint: 'Check the network path, firewall and load of the server.',
  },
  'connection-lost': {
    http: 502,
    retryable: true,
    title: 'The connection to the database broke',
    hint: 'The server restarted or the network failed; retry the job.',
  },
  'host-not-found': {
    http: 502,
    retryable: false,
    title: 'The host name of the database does not resolve',
    hint: 'Correct the host of the connection.',
  },
  'tls-failed': {
    http: 502,
    retryable: false,
    title: 'The TLS handshake with the database failed',
    hint: 'Check sslMode of the connection and the certificate of the server.',
  },
  'authentication-failed': {
    http: 502,
    retryable: false,
    title: 'The database rejected user or password',
    hint: 'Correct user and credentials of the connection, then retry.',
  },
  'database-not-found': {
    http: 502,
    retryable: false,
    title: 'The database does not exist on the server',
    hint: 'Correct the database name of the connection.',
  },
  'permission-denied': {
    http: 502,
    retryable: false,
    title: 'The role lacks a permission',
    hint: 'Grant the permission named in the message, then retry.',
  },
  'too-many-connections': {
    http: 502,
    retryable: true,
    title: 'The database has no free connection',
    hint: 'Lower maxConcurrentJobs of the connection or raise max_connections of the server.',
  },
  'statement-timeout': {
    http: 504,
    retryable: true,
    title: 'A statement ran into its time limit',
    hint: 'The server is loaded or the object is very large; retry later.',
  },
  'lock-timeout': {
    http: 504,
    retryable: true,
    title: 'Another session of the database holds a lock',
    hint: 'A migration, a VACUUM FULL or an open transaction blocks the object; wait until it is over, or end that session, then retry.',
  },
  'source-failed': {
    http: 502,
    retryable: true,
    title: 'The database answered with an error',
    hint: 'Read the message; the causes name the statement that failed.',
  },
  'quota-exceeded': {
    http: 502,
    retryable: true,
    title: 'The warehouse allows no more for now, by a quota of its own',
    hint: 'Wait, lower maxConcurrentJobs of the connection, or raise the quota that the message names.',
  },
  'budget-spent': {
    http: 409,
    retryable: false,
    title: 'The job used up what its connection allows in statements or time',
    hint: 'Raise the limits of the connection, or narrow the job by its configuration, then retry.',
  },
  'not-discovered': {
    http: 409,
    retryable: false,
    title: 'The database was never discovered',
    hint: 'Run a schema discovery of the database, then retry.',
  },
  'documentation-changed': {
    http: 409,
    retryable: false,
    title: 'The text was changed meanwhile',
    hint: 'Read it again, and send the change with the version that is there now, or without one to replace it in any case.',
  },
  'freshness-of-view': {
    http: 422,
    retryable: false,
    title: 'A view holds no rows of its own',
    hint: 'Set the expectation on the tables that the view reads, as its lineage shows them, or on the schema or database they lie in.',
  },
  'asset-gone': {
    http: 409,
    retryable: false,
    title: 'The asset is not in the source any more',
    hint: 'Run a schema discovery to see what is there now; what is known of the asset stays readable.',
  },
  'job-type-unsupported': {
    http: 422,
    retryable: false,
    title: 'The job type does not run on this kind of warehouse',
    hint: 'Start a job type that the message names; docs/guides/connections.md lists what runs where.',
  },
  'metric-refused': {
    http: 422,
    retryable: false,
    title: 'The metric cannot be measured',
    hint: 'Correct what the message names; a dry run (Try it) tells the same without saving anything.',
  },
  'model-refused': {
    http: 502,
    retryable: false,
    title: 'The language model refused the request',
    hint: 'Check PLUMBLINE_MODEL, PLUMBLINE_MODEL_BASE_URL and the key of the worker: the message is what the provider said.',
  },
  'model-unavailable': {
    http: 502,
    retryable: true,
    title: 'The language model cannot be reached, or answers with errors',
    hint: 'Check that its server runs and its limits; then retry from the failure: what was answered is not paid again.',
  },
  'notice-refused': {
    http: 502,
    retryable: false,
    title: 'The channel does not take notices',
    hint: 'Read the message, correct the channel, then replay the delivery.',
  },
  'notice-failed': {
    http: 502,
    retryable: true,
    title: 'The receiver of the notice cannot be reached, or answers with an error',
    hint: 'It is tried again by itself for a day; check the address of the channel and the receiver.',
  },
  'incident-resolved': {
    http: 409,
    retryable: false,
    title: 'The incident is resolved',
    hint: 'It never opens again; when the same happens anew there is a new incident.',
  },
  'delivery-under-way': {
    http: 409,
    retryable: true,
    title: 'The delivery is not over yet',
    hint: 'Wait until it is delivered, or was given up; then replay it.',
  },
  'removal-held-back': {
    http: 409,
    retryable: false,
    title: 'The run would remove too much',
    hint: 'Check that the connection leads to the right database and role. If these objects are really gone, press Retry and tick “These objects are really gone”; over the API, retry with maxRemovedShare 1.',
  },
  'credentials-unreadable': {
    http: 500,
    retryable: false,
    title: 'The stored credentials cannot be opened',
    hint: 'Read the message. Either what the credentials refer to is missing where the worker runs, or the key changed: set PLUMBLINE_KEY (or the key file) to the one they were sealed with, or enter them again.',
  },
  'slot-given-up': {
    http: 409,
    retryable: false,
    title: 'The slot that was kept for the job was given up',
    hint: 'Nothing needs to be done: the job waits in line and goes on.',
  },
  'attempt-superseded': {
    http: 409,
    retryable: false,
    title: 'A newer attempt of the step took over',
    hint: 'Nothing needs to be done: the newer attempt goes on.',
  },
  'worker-lost': {
    http: 500,
    retryable: true,
    title: 'The worker stopped while it worked on this job',
    hint: 'Retry the job; if it repeats, look at memory and logs of the worker.',
  },
  'step-timed-out': {
    http: 504,
    retryable: true,
    title: 'A step took longer than it may',
    hint: 'Retry the job; if it repeats, narrow it by its configuration.',
  },
  'run-timed-out': {
    http: 504,
    retryable: true,
    title: 'The run timed out in Temporal',
    hint: 'Retry the job.',
  },
  'run-lost': {
    http: 500,
    retryable: true,
    title: 'Temporal no longer knows this run',
    hint: 'Its history was lost or expired; retry the job.',
  },
})
export type ErrorCode = keyof typeof errorCodes

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code)
}

/** The codes that Temporal must not retry by itself, derived for the retry policies in `proxies.ts`. */
export const nonRetryableCodes: ErrorCode[] = Object.keys(errorCodes)
  .filter(isErrorCode)
  .filter((code) => !errorCodes[code].retryable)

/** The error of a job as it is stored and shown. Never holds a secret: messages are redacted where they are made. */
export interface JobError {
  code: ErrorCode
  message: string
  retryable: boolean
  hint: string
  stack: string | null
  /** Messages of the causes, outermost first. */
  causes: string[]
}
