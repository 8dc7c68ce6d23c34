import { expect, test } from 'vitest'
import { retryAfterOf } from './call-error.ts'

test.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }, 60_000],
  [{ 'retry-after-ms': '250' }, 250],
  [{ 'retry-after': '999999' }, 600_000],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%j means to wait for %s ms', (headers, ms) => expect(retryAfterOf(headers, 0)).toBe(ms))
