import type { Question, Topic } from '@plumbline/analysis'
import type { AskAnswer } from '@plumbline/api'
import type { Database } from '@plumbline/store'
import type { ViewContext } from '../jobs/job-view.ts'
import type { Answer, Asked } from './answer.ts'
import { anomaliesAnswer } from './anomalies-answer.ts'
import { connectionsAnswer } from './connections-answer.ts'
import { causesAnswer, retriedAnswer, whyAnswer } from './failure-answers.ts'
import { busiestAnswer, compareAnswer, durationAnswer, rateAnswer, trendAnswer, whoAnswer } from './figure-answers.ts'
import { freshnessAnswer } from './freshness-answer.ts'
import { interpretationOf } from './interpretation.ts'
import { countAnswer, lastAnswer, listAnswer, slowestAnswer } from './list-answers.ts'
import { filterOf, wordsOf } from './question-scope.ts'
import { schedulesAnswer } from './schedule-answers.ts'
import { statusAnswer } from './status-answer.ts'
import { waitingAnswer } from './waiting-answer.ts'

const answers: Record<Topic, (asked: Asked, context: ViewContext) => Promise<Answer>> = {
  list: listAnswer,
  count: countAnswer,
  duration: durationAnswer,
  slowest: slowestAnswer,
  rate: rateAnswer,
  causes: causesAnswer,
  why: whyAnswer,
  waiting: waitingAnswer,
  compare: compareAnswer,
  trend: trendAnswer,
  busiest: busiestAnswer,
  who: whoAnswer,
  last: lastAnswer,
  retried: retriedAnswer,
  freshness: freshnessAnswer,
  anomalies: anomaliesAnswer,
  status: statusAnswer,
  schedules: schedulesAnswer,
  connections: connectionsAnswer,
}

/** What a question came to, and how it was understood. */
export type QuestionAnswer = Pick<AskAnswer, 'answer' | 'jobs' | 'table' | 'chart' | 'suggestions' | 'interpretation'>

/**
 * Answers a typed question from the record of an organization: every figure and id is of what was read for it. Reads only. People's
 * words, tools of assistants and tools of a language model all end here.
 */
export async function answerOf(
  db: Database,
  organizationId: string,
  question: Question,
  { timezone, now, context }: { timezone: string; now: Date; context: ViewContext },
): Promise<QuestionAnswer> {
  const asked: Asked = {
    db,
    organizationId,
    question,
    filter: filterOf(question),
    words: wordsOf(question),
    timezone,
    now,
  }
  const { suggestions = [], ...answer } = await answers[question.topic](asked, context)
  return { ...answer, suggestions, interpretation: interpretationOf(question, timezone) }
}
