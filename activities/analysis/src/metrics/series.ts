/** Values of a metric, oldest first: `at` in milliseconds. */
export interface Series {
  at: readonly number[]
  values: readonly number[]
}

export const dayMs = 86_400_000
