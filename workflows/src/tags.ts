/** How an organization's own rule finds columns. Patterns follow RE2 and take no heed of case. */
export type TagMatcher =
  /** Found anywhere in the column's name. */
  | { kind: 'name'; pattern: string }
  /** Must match whole values, in at least this share of the sampled ones (0 to 1). */
  | { kind: 'value'; pattern: string; minShare: number }
  /** Values that are one of these words, in at least this share of the sampled ones (0 to 1). */
  | { kind: 'dictionary'; words: string[]; minShare: number }
