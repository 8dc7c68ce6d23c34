import type { Nameable, Reading } from '@plumbline/analysis'
import type { AskAnswer } from '@plumbline/api'
import { plain } from './plain-text.ts'

const examples = [
  'Why did my last job fail?',
  'What jobs ran this week?',
  'How long does schema discovery usually take?',
  'What are the most common errors?',
]
const interpretation = { text: 'Nothing was looked up', query: 'GET /api/v1/jobs', link: '/jobs' }

/** What is said instead of an answer, and what to ask instead. */
export function withoutAnswer(
  reading: Exclude<Reading, { kind: 'question' }>,
  text: string,
): Pick<AskAnswer, 'answer' | 'jobs' | 'interpretation' | 'choices' | 'suggestions' | 'declined'> {
  switch (reading.kind) {
    case 'refused':
      return { answer: reading.refusal.message, jobs: [], interpretation, suggestions: examples, declined: true }
    case 'unknown-name':
      return {
        answer: `Nothing is called **${plain(reading.phrase)}**: no asset, connection, schedule or person that has jobs. Check the spelling, or look for it on the page Assets.`,
        jobs: [],
        interpretation,
        suggestions: examples,
        declined: false,
      }
    case 'ambiguous': {
      const choices = reading.things.map((thing) => text.replace(reading.phrase, () => fullName(thing)))
      return {
        answer: `**${plain(reading.phrase)}** may be one of ${reading.things.length.toString()}. Which is meant?`,
        jobs: [],
        interpretation,
        choices,
        suggestions: choices,
        declined: false,
      }
    }
  }
}

const fullName = ({ name }: Nameable): string => (/\s/.test(name) ? `"${name}"` : name)
