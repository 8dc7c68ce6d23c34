import type { AskAnswer } from '@plumbline/api'
import type { Question } from '@plumbline/analysis'
import type { Database, JobFilter } from '@plumbline/store'

/** What a question came to. Every figure and id in it is of what was read for it. */
export type Answer = Pick<AskAnswer, 'answer' | 'jobs' | 'table' | 'chart'> & { suggestions?: string[] }

/** A question with what answers it. */
export interface Asked {
  db: Database
  organizationId: string
  question: Question
  /** The jobs it is about. */
  filter: JobFilter
  /** The same in words, as `failed jobs of orders since Monday`. */
  words: string
  timezone: string
  now: Date
}

export const nothingFound = (words: string): Answer => ({ answer: `There are no ${words}.`, jobs: [] })

/** Where there is more than can be gone through while one waits. */
export const tooMany = (words: string): Answer => ({
  answer: `There are too many ${words} to go through while you wait. Ask about a shorter time, one type or one asset.`,
  jobs: [],
})
