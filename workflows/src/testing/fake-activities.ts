import type {
  Admission,
  AlertActivities,
  AnalysisActivities,
  ChildJob,
  DescribedTables,
  FinishedStep,
  IntelligenceActivities,
  JobOutcome,
  LedgerActivities,
  LifecycleActivities,
  OperationActivities,
  OperationPage,
  RunEventActivities,
  SchedulingActivities,
  StoredCatalog,
  StoredFreshness,
  WarehouseActivities,
} from '../ports.ts'

/** What the fakes were told, by job, in the order it came. */
export interface FakeRecord {
  steps: Map<string, string[]>
  /** What finished steps came to, as it was recorded. */
  finished: Map<string, FinishedStep[]>
  outcomes: Map<string, JobOutcome>
  children: ChildJob[]
  /** The times of the ticks that were taken. */
  ticks: string[]
  calls: string[]
  /** How operations ended that could not go on. */
  operationEnds: Map<string, { status: string; error?: string }>
  /** Why deliveries were given up. */
  givenUp: Map<string, string>
}

export interface Behaviour {
  /** Answers to `begin`, one a call; the last repeats. */
  admissions?: Admission[]
  /** Called before the answer of every activity; throws or waits to make it fail or hang. */
  before?: (activity: string, attempt: number) => Promise<void> | void
  stored?: Partial<StoredCatalog>
  freshness?: Partial<StoredFreshness>
  described?: Partial<DescribedTables>
  /** The job types that have an active twin. */
  twins?: string[]
  /** What a tick of a schedule starts: jobs of the type tag generation; none by default. */
  tickJobs?: string[]
  /** Answers to `countActiveJobs`, one a call; the last repeats. */
  activeJobs?: number[]
  /** By the job that ends: those that get its slot. */
  admitted?: Record<string, string[]>
  /** What the pages of an operation come to, one a call; then it is through. */
  operationPages?: OperationPage[]
}

export interface Fakes {
  record: FakeRecord
  activities: LifecycleActivities &
    SchedulingActivities &
    LedgerActivities &
    WarehouseActivities &
    AnalysisActivities &
    IntelligenceActivities &
    OperationActivities &
    AlertActivities &
    RunEventActivities
}

const stored: StoredCatalog = {
  schemas: 2,
  tables: 5,
  views: 1,
  columns: 30,
  changes: 0,
  breaking: 0,
  incomplete: 0,
  locked: 0,
  toTag: 0,
  toTrace: 0,
  first: false,
}

const described: DescribedTables = {
  described: 3,
  unchanged: 1,
  left: 1,
  model: 'a-model',
  promptVersion: '1',
  calls: 4,
  inputTokens: 1000,
  outputTokens: 500,
  costMicros: 2500,
}

/** Activities typed by the ports, with state and without a database: what a workflow asks for is what is under test. */
export function fakeActivities(behaviour: Behaviour = {}): Fakes {
  const record: FakeRecord = {
    steps: new Map(),
    finished: new Map(),
    outcomes: new Map(),
    children: [],
    ticks: [],
    calls: [],
    operationEnds: new Map(),
    givenUp: new Map(),
  }
  const admissions = [...(behaviour.admissions ?? [{ kind: 'admitted' as const }])]
  const pages = [...(behaviour.operationPages ?? [])]
  const active = [...(behaviour.activeJobs ?? [0])]
  const attempts = new Map<string, number>()
  const answer = async <T>(activity: string, value: () => T): Promise<T> => {
    const attempt = (attempts.get(activity) ?? 0) + 1
    attempts.set(activity, attempt)
    record.calls.push(activity)
    await behaviour.before?.(activity, attempt)
    return value()
  }
  return {
    record,
    activities: {
      begin: () =>
        answer('begin', () => (admissions.length > 1 ? admissions.shift() : admissions[0]) ?? { kind: 'admitted' }),
      openStep: ({ jobId, step, finished }) =>
        answer('openStep', () => {
          if (finished) record.finished.set(jobId, [...(record.finished.get(jobId) ?? []), finished])
          record.steps.set(jobId, [...(record.steps.get(jobId) ?? []), step])
        }),
      end: ({ jobId, outcome }) =>
        answer('end', () => {
          record.outcomes.set(jobId, outcome)
          return { admitted: behaviour.admitted?.[jobId] ?? [] }
        }),
      createChildren: ({ children }) =>
        answer('createChildren', () => {
          const created = children.filter((child) => !behaviour.twins?.includes(child.type))
          record.children.push(...created)
          return { created: created.map((child) => child.id) }
        }),
      takeTick: ({ at }) =>
        answer('takeTick', () => {
          record.ticks.push(at)
          return {
            jobIds: behaviour.tickJobs ?? [],
            workflow: 'tagGeneration',
            config: { scope: 'all', sampleRows: 200 },
          }
        }),
      countActiveJobs: () =>
        answer('countActiveJobs', () => ({ active: (active.length > 1 ? active.shift() : active[0]) ?? 0 })),
      deliver: () => answer('deliver', () => undefined),
      sendRunEvents: () => answer('sendRunEvents', () => undefined),
      giveUpDelivery: ({ deliveryId, reason }) =>
        answer('giveUpDelivery', () => {
          record.givenUp.set(deliveryId, reason)
        }),
      connect: () => answer('connect', () => undefined),
      readCatalog: () => answer('readCatalog', () => ({ relations: 6 })),
      compareCatalog: () => answer('compareCatalog', () => ({ changes: 0 })),
      storeCatalog: () => answer('storeCatalog', () => ({ ...stored, ...behaviour.stored })),
      selectTables: () => answer('selectTables', () => ({ tables: 5 })),
      sampleValues: () => answer('sampleValues', () => ({ tables: 5, unreadable: 1 })),
      classifyColumns: () => answer('classifyColumns', () => ({ columns: 30 })),
      storeTags: () => answer('storeTags', () => ({ columns: 30, tagged: 7, changed: 7 })),
      collectSql: () => answer('collectSql', () => ({ relations: 1, statements: 0 })),
      parseLineage: () => answer('parseLineage', () => ({ relations: 1, failed: 0 })),
      resolveLineage: () => answer('resolveLineage', () => ({ edges: 4, unresolved: 0, selfLoops: 0 })),
      storeLineage: () => answer('storeLineage', () => ({ edges: 4, added: 4, removed: 0 })),
      selectForFreshness: () => answer('selectForFreshness', () => ({ tables: 5 })),
      measureFreshness: () => answer('measureFreshness', () => ({ tables: 5, read: 2, failed: 1 })),
      judgeFreshness: () => answer('judgeFreshness', () => ({ judged: 3, learning: 1 })),
      storeFreshness: () =>
        answer('storeFreshness', () => ({
          tables: 5,
          fresh: 2,
          learning: 1,
          late: 0,
          stale: 1,
          unknown: 0,
          error: 1,
          changed: 1,
          ...behaviour.freshness,
        })),
      selectMetricTables: () => answer('selectMetricTables', () => ({ tables: 5 })),
      measureMetrics: () => answer('measureMetrics', () => ({ measured: 4, failed: 1, statements: 4 })),
      judgeMetrics: () => answer('judgeMetrics', () => ({ judged: 60, anomalies: 2 })),
      storeMetrics: () => answer('storeMetrics', () => ({ points: 60, anomalies: 2 })),
      selectForDocumentation: () => answer('selectForDocumentation', () => ({ tables: 5 })),
      profileValues: () => answer('profileValues', () => ({ tables: 5, unreadable: 1 })),
      describeTables: () => answer('describeTables', () => ({ ...described, ...behaviour.described })),
      storeDocumentation: () => answer('storeDocumentation', () => ({ documented: 3, texts: 12 })),
      tryMetric: () => answer('tryMetric', () => undefined),
      discardStaging: () => answer('discardStaging', () => undefined),
      endSessions: () => answer('endSessions', () => ({ sessions: 1 })),
      workOperation: () => answer('workOperation', () => pages.shift() ?? { ended: true, cancelled: [], admitted: [] }),
      endOperation: ({ operationId, outcome }) =>
        answer('endOperation', () => {
          record.operationEnds.set(operationId, outcome)
        }),
      testConnection: () => answer('testConnection', () => ({ ok: true, checks: [] })),
    },
  }
}
