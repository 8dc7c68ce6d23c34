import { expect, test } from 'vitest'
import { pollerAnswers } from './poller-answers.ts'

/** Answers about the queue `q`, on a clock of the test's own. */
function asked() {
  let seconds = 1_000
  const answers = pollerAnswers<'q'>(() => seconds * 1_000)
  const pass = (more: number) => {
    seconds += more
  }
  /** An answer now and after every further five seconds. */
  const unpolledFor = (more: number) => {
    answers.note('q', false)
    for (let passed = 5; passed <= more; passed += 5) {
      pass(5)
      answers.note('q', false)
    }
    return answers.isMissing('q')
  }
  return { answers, pass, unpolledFor }
}

test('a worker is missing once nobody polls for fifteen seconds', () => {
  const { answers, unpolledFor } = asked()
  expect(answers.isMissing('q')).toBe(false)
  expect(unpolledFor(10)).toBe(false)
  expect(unpolledFor(5)).toBe(true)
})

test('one poll shows that it is there', () => {
  const { answers, unpolledFor } = asked()
  expect(unpolledFor(20)).toBe(true)
  answers.note('q', true)
  expect(answers.isMissing('q')).toBe(false)
  expect(unpolledFor(10)).toBe(false)
})

test('nothing is said while Temporal does not answer, nor right after', () => {
  const { answers, unpolledFor } = asked()
  expect(unpolledFor(20)).toBe(true)
  answers.forget('q')
  expect(answers.isMissing('q')).toBe(false)
  expect(unpolledFor(10)).toBe(false)
})

test('an old answer says nothing about now, and does not count for later ones', () => {
  const { answers, pass, unpolledFor } = asked()
  expect(unpolledFor(20)).toBe(true)
  pass(14)
  expect(answers.isMissing('q')).toBe(true)
  pass(1)
  expect(answers.isMissing('q')).toBe(false)
  expect(unpolledFor(10)).toBe(false)
})

test('it is asked about every three seconds', () => {
  const { answers, pass } = asked()
  expect(answers.isDue('q')).toBe(true)
  answers.note('q', true)
  expect(answers.isDue('q')).toBe(false)
  pass(3)
  expect(answers.isDue('q')).toBe(true)
})
