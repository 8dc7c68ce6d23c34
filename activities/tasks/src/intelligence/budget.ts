import type { QuestionUsage } from '@plumbline/store'

export interface BudgetLimits {
  maxTokens: number
  maxCostMicros: number
}

/** Tokens and money of one job: what the ledger knows, and what is on its way. */
export interface Budget {
  /**
   * Sets aside what a question may come to. @returns how to give it back once what it came to is spent; undefined where the budget does
   * not have it any more
   */
  reserve(expected: Spending): (() => void) | undefined
  spend(spending: Spending): void
}

export interface Spending {
  tokens: number
  costMicros: number
}

export function budgetOf({ maxTokens, maxCostMicros }: BudgetLimits, before: QuestionUsage): Budget {
  let tokens = before.inputTokens + before.outputTokens
  let costMicros = before.costMicros
  return {
    reserve(expected) {
      if (tokens + expected.tokens > maxTokens || costMicros + expected.costMicros > maxCostMicros) return undefined
      tokens += expected.tokens
      costMicros += expected.costMicros
      return () => {
        tokens -= expected.tokens
        costMicros -= expected.costMicros
      }
    },
    spend(spending) {
      tokens += spending.tokens
      costMicros += spending.costMicros
    },
  }
}
