/** The transitions of a run that are told, as OpenLineage calls them. */
export type RunEventType = 'START' | 'RUNNING' | 'COMPLETE' | 'FAIL' | 'ABORT'
