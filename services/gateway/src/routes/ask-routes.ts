import { zAsk, zAskAnswer, zQuestionEngines, type QuestionEngines } from '@plumbline/api'
import type { Deps } from '../deps.ts'
import { actorOf } from '../http/identity.ts'
import type { ViewContext } from '../jobs/job-view.ts'
import { answerQuestion } from '../questions/answer-question.ts'
import type { App } from './app.ts'
import { tagged } from './route-schema.ts'

const schemaOf = tagged('Questions')

/** Questions about the history of jobs. Whoever may read it may ask: nothing is changed by it. */
export function askRoutes(deps: Pick<Deps, 'db' | 'questionModel'>, context: () => ViewContext) {
  return async (app: App): Promise<void> => {
    app.post(
      '/ask',
      {
        config: { role: 'viewer' },
        schema: schemaOf('Ask about jobs in plain words', { body: zAsk, response: { 200: zAskAnswer } }),
      },
      async (request) => {
        const { organizationId, name } = actorOf(request)
        return answerQuestion(deps, { organizationId, actor: name }, request.body, context())
      },
    )

    app.get(
      '/ask',
      { schema: schemaOf('Which engines answer questions', { response: { 200: zQuestionEngines } }) },
      async (): Promise<QuestionEngines> => ({
        engines: deps.questionModel ? ['rules', 'model'] : ['rules'],
        model: deps.questionModel?.id ?? null,
      }),
    )
  }
}
