export { incidentFingerprint, normalMessage } from './alerts/incident-fingerprint.ts'
export { changeOf, verdictOf } from './discovery/breaking.ts'
export { diffRelation, diffSchema, type Identity } from './discovery/diff-catalog.ts'
export { onlyFollows } from './discovery/follow-renames.ts'
export { canonicalJson, fingerprintOf } from './discovery/fingerprint.ts'
export type { Fact } from './documentation/fact.ts'
export { factsOf, fingerprintOfFacts } from './documentation/facts.ts'
export { profileValues } from './documentation/profile-values.ts'
export { sentence, textOf, type WrittenText } from './documentation/sentence.ts'
export { rulesVersion, writeByRules } from './documentation/write-by-rules.ts'
export {
  classifyRelation,
  judgeRelation,
  type ColumnJudgement,
  type RelationToClassify,
} from './tags/classify-relation.ts'
export type { ColumnVerdict } from './tags/column-verdict.ts'
export { compileRule, countRules, matcherOf, patternFault, type CompiledRule } from './tags/custom/custom-rules.ts'
export {
  foreignKeyEdges,
  mentionedIn,
  resolveQuery,
  type QueryLineage,
  type ResolvedEdge,
} from './lineage/resolve-lineage.ts'
export { parseQuery, QueryError, readQueryLineage } from './lineage/parse-query.ts'
export { columnLineageOf, type ColumnLineage } from './lineage/postgres-rewrite/column-lineage.ts'
export { NodeTreeError } from './lineage/postgres-rewrite/node-tree-error.ts'
export { parseNodeTree } from './lineage/postgres-rewrite/node-tree.ts'
export { backTest, type BackTest, type PastAlarm } from './freshness/back-test.ts'
export type { ColumnRole } from './freshness/choose-column.ts'
export { changeSince } from './freshness/change-since.ts'
export { foldObservation, reasonOf, type Look } from './freshness/fold-observation.ts'
export type { UpdatePoint } from './freshness/intervals.ts'
export { judgeAgain, judgeFreshness } from './freshness/judge-freshness.ts'
export { openTimeOf } from './freshness/open-time.ts'
export { planRead, type ReadPlan } from './freshness/plan-read.ts'
export { rollUp, type PartFinding } from './freshness/roll-up.ts'
export { wallClockOf, type WallClock } from './time/wall-clock.ts'
export { checkMetricSql } from './metrics/check-sql.ts'
export type { SqlVerdict } from './metrics/sql-verdict.ts'
export {
  judgePoint,
  minHistory,
  type Expectation,
  type JudgeOptions,
  type PointJudgement,
} from './metrics/judge-point.ts'
export { builtInOptions } from './metrics/judge-options.ts'
export type { Series } from './metrics/series.ts'
export { catalogSpellings, type SqlDialect } from './lineage/sql/dialect.ts'
export { endToEnd, type EndToEnd } from './lineage/sql/end-to-end.ts'
export { loadParser } from './lineage/sql/parse-statement.ts'
export { scriptLineage, type ColumnEdge, type StatementLineage } from './lineage/sql/script-lineage.ts'
export { createTableSchema, type TableColumns, type TableSchema } from './lineage/sql/table-schema.ts'
export { chooseRelation, partsOfName, type Choice, type NamedRelation } from './lineage/statements/name-choice.ts'
export { resolveStatement, type StatementEdge } from './lineage/statements/resolve-statement.ts'
export * from './lineage/statements/trace-statement.ts'
export { withoutLiterals } from './lineage/statements/without-literals.ts'
export { createLineageParser, type LineageParser, type ScriptLineage } from './lineage/process/lineage-parser.ts'
export { findRegressions, type DurationRegression, type GoodRun } from './trends/find-regressions.ts'
export { baselineRuns, leastSlowdownMs, usualDuration, type UsualDuration } from './trends/usual-duration.ts'
export { matchNames, type Nameable } from './questions/match-names.ts'
export { placesNamed } from './questions/named-things.ts'
export { scheduleAspects, topics, type Question, type Topic } from './questions/question.ts'
export { refusalOf, refusals, type Refusal } from './questions/refuse.ts'
export { readQuestion, type Reading } from './questions/read-question.ts'
export { namePhrases } from './questions/split-words.ts'
export * from './openlineage/vocabulary.ts'
export * from './openlineage/dataset-facets.ts'
export * from './openlineage/quality-metrics.ts'
export * from './openlineage/run-event.ts'
