import type { ConnectionKind } from '@plumbline/connectors/kinds'
import type { AuditAction, AuditTarget, Counts } from '@plumbline/workflows'
import type { Generated, GeneratedAlways } from 'kysely'
import type { TokenTable } from './access/token-table.ts'
import type {
  AssetTable,
  AssetVersionTable,
  DiscoveredChangeTable,
  DiscoveredMatchTable,
  DiscoveredRelationTable,
  DiscoveredSchemaTable,
  SchemaChangeTable,
  SnapshotTable,
} from './catalog/catalog-table.ts'
import type {
  AlertChannelTable,
  AlertCursorTable,
  AlertDeliveryTable,
  AlertRuleTable,
  IncidentOccurrenceTable,
  IncidentTable,
} from './alerts/alert-table.ts'
import type { CreatedAt, Json, NullableJson, UpdatedAt } from './column-types.ts'
import type { RunEventCursorTable, RunEventTable } from './run-events/run-event-table.ts'
import type { DocumentationTable, ModelAnswerTable, StagedDocumentation } from './documentation/documentation-table.ts'
import type { ScheduleTable, ScheduleTickTable } from './schedules/schedule-table.ts'
import type {
  JobAssetNameTable,
  JobCountChangeTable,
  JobCountTable,
  JobEventTable,
  JobLogTable,
  JobPhraseTable,
  JobStepTable,
  JobTable,
  JobWarningTable,
} from './jobs/job-table.ts'
import type {
  FreshnessExpectationTable,
  FreshnessStateTable,
  FreshnessTable,
  FreshnessUpdateTable,
  CheckedTableTable,
  TableMemoryTable,
} from './freshness/freshness-table.ts'
import type {
  ColumnDecisionTable,
  ColumnTagTable,
  RejectedTagTable,
  TagChangeTable,
  TagRecord,
  TagRuleTable,
} from './tags/tag-table.ts'
import type { MeasuredTable } from './metrics/measured-table.ts'
import type {
  MetricDefinitionTable,
  MetricPointTable,
  MetricSeriesTable,
  MetricTrialTable,
} from './metrics/metric-table.ts'
import type {
  CollectedQueryTable,
  CollectedHistoryTable,
  CollectedStatementTable,
  DbtManifestTable,
  DbtNodeTable,
  LineageEdgeTable,
  LineageStatementTable,
  StatementLineageTable,
  TracedEdgeTable,
} from './lineage/lineage-table.ts'
import type { JobImportTable } from './import/job-import-table.ts'
import type { ConversationTable } from './questions/conversation-table.ts'
import type { QuestionBudgetTable } from './questions/question-budget-table.ts'
import type { JobRegressionTable, TrendCursorTable } from './trends/trend-table.ts'
import type { OperationRefusalTable, OperationTable } from './operations/operation-table.ts'

/** Row types by hand, so that json and enums are typed; `schema-drift.test.ts` compares them, and those in `*-table.ts`, with the migrated database. */
export interface Tables {
  organization: OrganizationTable
  token: TokenTable
  connection: ConnectionTable
  asset: AssetTable
  asset_version: AssetVersionTable
  snapshot: SnapshotTable
  schema_change: SchemaChangeTable
  column_tag: ColumnTagTable
  column_decision: ColumnDecisionTable
  rejected_tag: RejectedTagTable
  tag_change: TagChangeTable
  tag_rule: TagRuleTable
  documentation: DocumentationTable
  model_answer: ModelAnswerTable
  lineage_edge: LineageEdgeTable
  lineage_statement: LineageStatementTable
  statement_lineage: StatementLineageTable
  dbt_manifest: DbtManifestTable
  dbt_node: DbtNodeTable
  discovered_schema: DiscoveredSchemaTable
  discovered_relation: DiscoveredRelationTable
  discovered_change: DiscoveredChangeTable
  discovered_match: DiscoveredMatchTable
  selected_table: SelectedTableTable
  collected_query: CollectedQueryTable
  collected_statement: CollectedStatementTable
  collected_history: CollectedHistoryTable
  traced_edge: TracedEdgeTable
  job: JobTable
  job_step: JobStepTable
  job_warning: JobWarningTable
  job_event: JobEventTable
  job_asset_name: JobAssetNameTable
  job_phrase: JobPhraseTable
  job_log: JobLogTable
  job_count: JobCountTable
  job_count_change: JobCountChangeTable
  audit: AuditTable
  idempotency_key: IdempotencyKeyTable
  schedule: ScheduleTable
  schedule_tick: ScheduleTickTable
  operation: OperationTable
  operation_refusal: OperationRefusalTable
  job_import: JobImportTable
  conversation: ConversationTable
  question_budget: QuestionBudgetTable
  job_regression: JobRegressionTable
  trend_cursor: TrendCursorTable
  alert_rule: AlertRuleTable
  alert_channel: AlertChannelTable
  alert_delivery: AlertDeliveryTable
  alert_cursor: AlertCursorTable
  run_event: RunEventTable
  run_event_cursor: RunEventCursorTable
  incident: IncidentTable
  incident_occurrence: IncidentOccurrenceTable
  table_memory: TableMemoryTable
  freshness: FreshnessTable
  freshness_update: FreshnessUpdateTable
  freshness_state: FreshnessStateTable
  freshness_expectation: FreshnessExpectationTable
  checked_table: CheckedTableTable
  metric_definition: MetricDefinitionTable
  metric_series: MetricSeriesTable
  metric_point: MetricPointTable
  metric_trial: MetricTrialTable
}

interface OrganizationTable {
  id: string
  name: string
  created_at: CreatedAt
}

export type { Role } from './access/token-table.ts'

interface ConnectionTable {
  id: string
  organization_id: string
  name: string
  kind: ConnectionKind
  settings: Json<Record<string, unknown>>
  sealed_credentials: Buffer | null
  max_concurrent_jobs: number
  created_at: CreatedAt
  updated_at: UpdatedAt
  deleted_at: Date | null
  paused_at: Date | null
  paused_by: string | null
  history_source: string | null
  history_read_to: Date | null
}

interface SelectedTableTable {
  job_id: string
  asset_id: string
  evidence: NullableJson<Record<string, Counts>>
  tags: NullableJson<Record<string, TagRecord[]>>
  fingerprint: string | null
  metrics: NullableJson<MeasuredTable['metrics']>
  profile: NullableJson<Record<string, object>>
  documentation: NullableJson<StagedDocumentation>
}

interface AuditTable {
  id: GeneratedAlways<number>
  organization_id: string
  at: CreatedAt
  actor: string
  action: AuditAction
  target_kind: AuditTarget
  target_id: string
  before: NullableJson<Record<string, unknown>>
  after: NullableJson<Record<string, unknown>>
  reason: string | null
  request_id: string
}

interface IdempotencyKeyTable {
  organization_id: string
  key: string
  request_hash: Buffer
  status: number | null
  body: string | null
  resource_id: string
  released: Generated<boolean>
  created_at: CreatedAt
}
