/** What an edge of lineage was read from. A foreign key declares a relationship and carries no data by itself. */
export const lineageEvidenceKinds = ['view', 'query', 'function', 'dbt', 'openlineage', 'foreign_key'] as const
export type LineageEvidence = (typeof lineageEvidenceKinds)[number]

/** `resolved`: the source or the statement says so; `inferred`: the only one it can be; `ambiguous`: one of several. */
export const lineageCertainties = ['resolved', 'inferred', 'ambiguous'] as const
export type LineageCertainty = (typeof lineageCertainties)[number]

/** Days after which lineage that was not seen again is faded, unless a job says otherwise. */
export const defaultFadeDays = 30

/**
 * How far an edge is to be trusted, from 0 to 1: a number to sort and filter by, no probability. A view's tree and a key are facts of
 * the source. A job that tells of itself, a compiled model and a statement that ran are as good as what they name; a routine
 * may never run.
 */
const byEvidence = {
  view: 1,
  foreign_key: 1,
  openlineage: 0.95,
  dbt: 0.95,
  query: 0.95,
  function: 0.85,
} as const satisfies Record<LineageEvidence, number>

const byCertainty = { resolved: 1, inferred: 0.8, ambiguous: 0.5 } as const satisfies Record<LineageCertainty, number>

/** Tables found by the words of a statement that was not parsed. */
const told = 0.6

export function confidenceOf(
  evidence: LineageEvidence,
  certainty: LineageCertainty,
  { isTold = false }: { isTold?: boolean } = {},
): number {
  return Number((byEvidence[evidence] * byCertainty[certainty] * (isTold ? told : 1)).toFixed(2))
}

/** How many edges away from an asset its lineage is followed at most. */
export const deepestLineage = 100
