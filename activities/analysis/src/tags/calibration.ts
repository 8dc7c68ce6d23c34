/**
 * What a sum of evidence (log odds) has turned out to mean: how many in a hundred columns with that sum held what was said of them.
 * Points between which lines are drawn, read off 416 tags of the columns in `tests/bench/tags/own-wide.jsonl`, with and without
 * their values, as they came out before anything was mended by looking at them; rounded, and kept rising. `bench tags` measures
 * on other columns what the table is worth. It moves no decision: 0 is even odds before and after.
 */
const points: readonly (readonly [score: number, confidence: number])[] = [
  [-8, 0],
  [0, 0.5],
  [1, 0.8],
  [2, 0.95],
  [3, 0.97],
  [5, 0.99],
  [8, 0.999],
]

/** @returns from 0 to 0.999: nothing is certain that only looks like it */
export const confidenceOf = (score: number): number => between(points, score)

/** The sum of evidence that a confidence stands for. */
export const scoreOf = (confidence: number): number => between(inverse, confidence)

const inverse = points.map(([score, confidence]) => [confidence, score] as const)

function between(line: typeof points, x: number): number {
  let from = line[0]
  for (const to of line) {
    if (to[0] >= x && from)
      return to[0] === from[0] ? to[1] : from[1] + ((to[1] - from[1]) * (x - from[0])) / (to[0] - from[0])
    from = to
  }
  return from?.[1] ?? 0
}
