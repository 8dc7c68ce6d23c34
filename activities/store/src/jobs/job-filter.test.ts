import { expect, test } from 'vitest'
import { hasTrigram } from './job-filter.ts'

test.each(['abc', 'ord', 'x.ab', 'orders_', '100%', 'a.bc.d', '..or'])('the trigram index can look up %s', (text) => {
  expect(hasTrigram(text)).toBe(true)
})

test.each(['o', 'é', '7', 'or', '.a', '..a', 'a b', '%%%', '- a'])('no trigram is known of %s', (text) => {
  expect(hasTrigram(text)).toBe(false)
})
