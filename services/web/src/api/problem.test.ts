import { describe, expect, it } from 'vitest'
import { asProblem, fieldErrors, ProblemError, problemOf, unreachableProblem } from './problem.ts'

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

it('explains anything that is thrown', () => {
  expect(asProblem(new ProblemError(problem))).toBe(problem)
  expect(asProblem(new Error('boom')).detail).toBe('boom')
  expect(asProblem('odd').detail).toBe('odd')
  expect(unreachableProblem().status).toBe(0)
})
