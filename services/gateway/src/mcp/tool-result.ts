import { zAskAnswer } from '@plumbline/api'

/** What a tool answers: of a question's answer the parts that have figures, ids and where to look. */
export const zToolResult = zAskAnswer
  .pick({ answer: true, jobs: true, table: true, chart: true, interpretation: true })
  .extend({ dataAsOf: zAskAnswer.shape.dataAsOf })
