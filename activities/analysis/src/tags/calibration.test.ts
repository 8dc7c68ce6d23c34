import { expect, test } from 'vitest'
import { confidenceOf, scoreOf } from './calibration.ts'

const scores = Array.from({ length: 41 }, (_, n) => n / 2 - 8)

test('more evidence is never less confidence, even odds are one half, and nothing is certain', () => {
  const confidences = scores.map(confidenceOf)
  expect(confidences).toEqual(confidences.toSorted((a, b) => a - b))
  expect(confidenceOf(0)).toBe(0.5)
  expect(confidenceOf(1.5)).toBeCloseTo(0.875)
  expect(confidenceOf(-100)).toBe(0)
  expect(confidenceOf(100)).toBe(0.999)
})

test('a confidence stands for the evidence it was made of', () => {
  for (const score of scores.filter((one) => one <= 8)) expect(scoreOf(confidenceOf(score))).toBeCloseTo(score)
  expect(scoreOf(1)).toBe(8)
})
