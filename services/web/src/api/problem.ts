import type { Problem } from '@plumbline/api'

/** Every refusal of the gateway, and every way of not reaching it, as one kind of error that a person can act on. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

const localProblem = (code: string, status: number, title: string, detail: string): Problem => ({
  type: 'about:blank',
  status,
  code,
  title,
  detail,
  requestId: '',
})

/** For a request that never got an answer: the gateway is down, restarting, or the network is. */
export function unreachableProblem(): Problem {
  return localProblem(
    'gateway-unreachable',
    0,
    'Plumbline cannot be reached',
    'The gateway did not answer. If it was stopped, start it again (npm start); this page goes on by itself.',
  )
}

/** What a response says went wrong; answers that are no problem document (a proxy's error page) become one. */
export async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get('content-type')?.includes('json')) {
    try {
      const body: Problem = await response.json()
      if (typeof body.code === 'string') return body
    } catch {
      // Cut off in the middle: described by its status below.
    }
  }
  return localProblem(
    `http-${response.status}`,
    response.status,
    response.statusText || 'The request failed',
    `The answer was HTTP ${response.status} without an explanation.`,
  )
}

/** The problem behind anything that was thrown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  return localProblem(
    'page-error',
    0,
    'This page ran into an error',
    error instanceof Error ? error.message : String(error),
  )
}

export interface FieldIssue {
  /** Dotted, as `settings.port`; empty when it is of no field. */
  path: string
  message: string
}

/**
 * What a problem has against the fields of the request, under dotted names. Servers write paths as `/settings/port`,
 * `body.settings.port` or `settings.port`: all three mean the same field. That a name is taken is said of the name.
 */
export function fieldIssues({ code, detail, errors = [] }: Problem): FieldIssue[] {
  if (code === 'name-taken') return [{ path: 'name', message: detail }]
  return errors.map(({ path, message }) => ({
    path: path
      .replaceAll('/', '.')
      .replace(/^\.+/, '')
      .replace(/^body\./, ''),
    message,
  }))
}

/** The first message of each field. */
export function fieldErrors(problem: Problem): Record<string, string> {
  const messages: Record<string, string> = {}
  for (const { path, message } of fieldIssues(problem)) messages[path] ??= message
  return messages
}

/** The field of a form, among those that show their error themselves, that shows the error of a path: its own or one inside it. */
const fieldShowing = (path: string, fields: readonly string[]): string | undefined =>
  fields.find((field) => path === field || path.startsWith(`${field}.`))

/** How many fields of a form show an error when these paths have one. */
export const erringFields = (paths: readonly string[], fields: readonly string[]): number =>
  new Set(paths.flatMap((path) => fieldShowing(path, fields) ?? [])).size

/** What no field of the form shows. */
export const issuesElsewhere = (issues: readonly FieldIssue[], fields: readonly string[]): FieldIssue[] =>
  issues.filter(({ path }) => fieldShowing(path, fields) === undefined)
