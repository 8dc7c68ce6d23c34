import type { z } from 'zod'

type Issue = Parameters<z.core.$ZodErrorMap>[0]

/**
 * What is wrong with a value, in the words of whoever sent it: what to give instead, not what a schema expected. `undefined`:
 * zod's own text says it well enough. For `z.config({ customError })`.
 */
export function issueText(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return typeText(issue)
  if (issue.code === 'too_small') return smallText(issue)
  if (issue.code === 'too_big') return bigText(issue)
  const isTime = issue.code === 'invalid_format' && issue.format === 'datetime'
  return isTime ? 'must be a time like 2026-03-01T10:00:00Z' : undefined
}

function typeText({ expected, input }: Extract<Issue, { code: 'invalid_type' }>): string | undefined {
  if (input === undefined) return 'is missing'
  if (expected === 'int') return 'must be a whole number'
  if (expected === 'number') return typeof input === 'string' ? 'must be a number, without quotes' : 'must be a number'
  return undefined
}

function smallText({ origin, minimum, inclusive }: Extract<Issue, { code: 'too_small' }>): string | undefined {
  const least = inclusive === false ? `more than ${minimum}` : `at least ${minimum}`
  if (origin === 'string') return minimum === 1 ? 'must not be empty' : `must have ${least} characters`
  if (origin === 'array') return minimum === 1 ? 'must not be empty' : `must have ${least} entries`
  return isNumeric(origin) ? `must be ${least}` : undefined
}

function bigText({ origin, maximum, inclusive }: Extract<Issue, { code: 'too_big' }>): string | undefined {
  const most = inclusive === false ? `less than ${maximum}` : `at most ${maximum}`
  if (origin === 'string') return `must have ${most} characters`
  if (origin === 'array') return `must have ${most} entries`
  return isNumeric(origin) ? `must be ${most}` : undefined
}

const isNumeric = (origin: string): boolean => origin === 'number' || origin === 'int'
