import type { Problem } from '@plumbline/api'
import { isRecordOutage } from '@plumbline/store'
import { errorCodes, type ErrorCode } from '@plumbline/workflows'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { ZodError } from 'zod'

export interface FieldError {
  path: string
  message: string
}

/** An answer that is not a success, thrown from anywhere below a route; the code decides the HTTP status. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ErrorCode
  readonly extra: { errors?: FieldError[]; existingJobId?: string }
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    detail: string,
    { retryAfterSeconds, ...extra }: ProblemError['extra'] & { retryAfterSeconds?: number } = {},
  ) {
    super(detail)
    this.code = code
    this.extra = extra
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export const notFound = (what: string, id: string) =>
  new ProblemError('not-found', `There is no ${what} with the id ${id}`)

export const invalidField = (path: string, message: string) =>
  new ProblemError('invalid-input', `${path}: ${message}`, { errors: [{ path, message }] })

/** The fields of a zod error, with paths as `config.schemas.0`. */
export const fieldErrors = (error: ZodError, prefix: readonly string[] = []): FieldError[] =>
  error.issues.map((issue) => ({ path: [...prefix, ...issue.path].join('.'), message: issue.message }))

/** The one place where an error becomes an answer. */
export function sendProblem(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblemError(error)
  const { http, title } = errorCodes[problem.code]
  if (http >= 500) request.log.error({ err: error }, title)
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', problem.retryAfterSeconds)
  return reply.code(http).type(problemType).send(problemText(problem, request.id))
}

export const problemType = 'application/problem+json'

export function problemText({ code, message, extra }: ProblemError, requestId: string): string {
  const { http, title } = errorCodes[code]
  const body: Problem = {
    type: `urn:plumbline:problem:${code}`,
    status: http,
    code,
    title,
    detail: message,
    requestId,
    ...extra,
  }
  return JSON.stringify(body)
}

function toProblemError(error: FastifyError | Error): ProblemError {
  if (error instanceof ProblemError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    return invalidInput(
      error.validation.map((issue) => ({
        path: fieldPath(error.validationContext, issue.instancePath),
        message: issue.message ?? 'is not valid',
      })),
    )
  }
  if (isRecordOutage(error)) return new ProblemError('record-unreachable', 'Postgres does not answer right now')
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
  if (status === 413)
    return new ProblemError(
      'payload-too-large',
      'The body is larger than 1 MiB, the most for every call but POST /jobs/import; send it in parts',
    )
  if (status === 415)
    return invalidInput([{ path: 'headers.content-type', message: 'must be application/json, with a body of JSON' }])
  if (status >= 400 && status < 500) return invalidInput([{ path: placeOf(error), message: error.message }])
  return new ProblemError('internal', 'The request could not be answered; nothing was changed by the part that failed')
}

/** What the router refuses was read before there was a body. */
const placeOf = (error: Error): string => ('code' in error && error.code === 'FST_ERR_BAD_URL' ? 'path' : 'body')

export function invalidInput(errors: FieldError[]): ProblemError {
  const [first] = errors
  const detail = first ? `${first.path}: ${first.message}` : 'The request is not valid'
  return new ProblemError('invalid-input', detail, { errors })
}

function fieldPath(context: string | undefined, instancePath: string): string {
  const inside = instancePath.split('/').filter(Boolean).join('.')
  return inside === '' ? (context ?? 'body') : inside
}
