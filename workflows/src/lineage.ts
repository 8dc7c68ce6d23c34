/** What an edge of lineage was read from. A foreign key declares a relationship and carries no data by itself. */
export const lineageEvidenceKinds = ['view', 'query', 'function', 'dbt', 'openlineage', 'foreign_key'] as const
export type LineageEvidence = (typeof lineageEvidenceKinds)[number]

/** `resolved`: the source or the statement says so; `inferred`: the only one it can be; `ambiguous`: one of several. */
export const lineageCertainties = ['resolved', 'inferred', 'ambiguous'] as const
export type LineageCertainty = (typeof lineageCertainties)[number]
