export interface QuestionBudgetTable {
  organization_id: string
  day: string
  tokens: number
}
