import { describe, expect, it } from 'vitest'
import {
  asProblem,
  erringFields,
  fieldErrors,
  fieldIssues,
  issuesElsewhere,
  ProblemError,
  problemOf,
  unreachableProblem,
} from './problem.ts'

const problem = {
  type: 'about:blank',
  status: 422,
  code: 'invalid-input',
  title: 'The request is not valid',
  detail: 'settings.port: too big',
  requestId: 'r1',
  errors: [{ path: 'settings.port', message: 'too big' }],
}

describe('problemOf', () => {
  it('reads a problem document', async () => {
    const response = Response.json(problem, { status: 422, headers: { 'content-type': 'application/problem+json' } })
    expect(await problemOf(response)).toEqual(problem)
  })

  it('makes one of an error page and of a body that was cut off', async () => {
    const page = new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' })
    expect(await problemOf(page)).toMatchObject({ code: 'http-502', status: 502, title: 'Bad Gateway' })
    const cut = new Response('{"code": "inv', { status: 500, headers: { 'content-type': 'application/json' } })
    expect(await problemOf(cut)).toMatchObject({ code: 'http-500' })
  })
})

describe('fieldErrors', () => {
  it('knows a field however its path is written, and keeps its first message', () => {
    const errors = [
      { path: '/settings/port', message: 'first' },
      { path: 'body.settings.port', message: 'second' },
      { path: 'name', message: 'taken' },
    ]
    expect(fieldErrors({ ...problem, errors })).toEqual({ 'settings.port': 'first', name: 'taken' })
  })
})

it('says of the name that it is taken', () => {
  const taken = { ...problem, code: 'name-taken', detail: 'Another one has this name already', errors: [] }
  expect(fieldErrors(taken)).toEqual({ name: 'Another one has this name already' })
})

describe('a form', () => {
  const fields = ['name', 'config.include', 'config.exclude']
  const at = (...paths: string[]) =>
    fieldIssues({ ...problem, errors: paths.map((path) => ({ path, message: 'wrong' })) })
  it('shows each field once, with all that is inside it', () => {
    const paths = at('config.include.0', 'config.include.2', 'body.name').map(({ path }) => path)
    expect(erringFields(paths, fields)).toBe(2)
  })
  it('leaves what has no field, or one that only begins alike, to be said elsewhere', () => {
    const issues = at('config.includes', 'name', '', 'config')
    expect(issuesElsewhere(issues, fields).map(({ path }) => path)).toEqual(['config.includes', '', 'config'])
    expect(erringFields(['', 'config'], fields)).toBe(0)
  })
})

it('explains anything that is thrown', () => {
  expect(asProblem(new ProblemError(problem))).toBe(problem)
  expect(asProblem(new Error('boom')).detail).toBe('boom')
  expect(asProblem('odd').detail).toBe('odd')
  expect(unreachableProblem().status).toBe(0)
})
