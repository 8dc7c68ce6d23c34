import type { JobStatus, JobType, TriggerKind } from '@plumbline/workflows'
import type { Grouping } from './question.ts'

/** What people call a type of job, longest first where one holds another. */
export const typeNames: readonly [words: string, type: JobType][] = [
  ['schema discovery', 'schema_discovery'],
  ['schema discoveries', 'schema_discovery'],
  ['schema scan', 'schema_discovery'],
  ['catalog scan', 'schema_discovery'],
  ['discovery', 'schema_discovery'],
  ['discoveries', 'schema_discovery'],
  ['crawl', 'schema_discovery'],
  ['tag generation', 'tag_generation'],
  ['pii scan', 'tag_generation'],
  ['pii detection', 'tag_generation'],
  ['classification', 'tag_generation'],
  ['tagging', 'tag_generation'],
  ['tag job', 'tag_generation'],
  ['tag run', 'tag_generation'],
  ['freshness check', 'freshness_check'],
  ['freshness', 'freshness_check'],
  ['metric capture', 'metric_capture'],
  ['metrics capture', 'metric_capture'],
  ['profiling', 'metric_capture'],
  ['metric', 'metric_capture'],
  ['lineage extraction', 'lineage_extraction'],
  ['lineage', 'lineage_extraction'],
]

/** Words for a status; a word in `-ing` or of the present too, since jobs are spoken of so. */
export const statusWords: readonly [word: string, statuses: readonly JobStatus[]][] = [
  ['failed', ['failed']],
  ['failing', ['failed']],
  ['fail', ['failed']],
  ['fails', ['failed']],
  ['failure', ['failed']],
  ['failures', ['failed']],
  ['error', ['failed']],
  ['errors', ['failed']],
  ['errored', ['failed']],
  ['broke', ['failed']],
  ['broken', ['failed']],
  ['crashed', ['failed']],
  ['crashes', ['failed']],
  ['crash', ['failed']],
  ['unsuccessful', ['failed']],
  ['completed', ['completed']],
  ['complete', ['completed']],
  ['succeeded', ['completed']],
  ['succeed', ['completed']],
  ['successful', ['completed']],
  ['successfully', ['completed']],
  ['finished', ['completed']],
  ['cancelled', ['cancelled']],
  ['canceled', ['cancelled']],
  ['cancellations', ['cancelled']],
  ['aborted', ['cancelled']],
  ['stopped', ['cancelled']],
  ['killed', ['cancelled']],
  ['terminated', ['cancelled']],
  ['running', ['running']],
  ['executing', ['running']],
  ['pending', ['pending']],
  ['waiting', ['pending']],
  ['queued', ['pending']],
  ['active', ['pending', 'running']],
  ['in progress', ['pending', 'running']],
  ['unfinished', ['pending', 'running']],
]

export const triggerWords: readonly [word: string, trigger: TriggerKind][] = [
  ['scheduled', 'schedule'],
  ['manual', 'manual'],
  ['manually', 'manual'],
  ['retried', 'retry'],
]

export const groupingWords: readonly [pattern: RegExp, by: Grouping][] = [
  [/\b(?:which|what|per|by|each) (?:\w+ )?(?:job )?types?\b/, 'type'],
  [/\b(?:who|which|what|per|by|each) (?:user|person|people|actor|token)s?\b|\bwho\b/, 'actor'],
  [/\b(?:which|what|per|by|each) (?:day|date)s?\b|\bwhen\b/, 'day'],
  [/\b(?:which|what|per|by|each) (?:asset|table|view|database|schema|connection|source)s?\b/, 'asset'],
]

/** Words that say nothing of which jobs are meant. What is in no list, in no time and no name was not understood. */
export const plainWords: ReadonlySet<string> = new Set(
  [
    'a about again ago all also an and any anything are as ask at average avg be been before being between but by can chart check checks',
    'common compare compared comparison could count data day days did do does doing duration durations during each else ever every fast',
    'faster fetch find first fix fixed for frequent frequently from gave get give got graph had happened happening happens has have having',
    'help here how hour hours i if in instead into is it its job jobs just know last late latest least length less let list long longer',
    'longest look many may me mean median minute minutes month more most mostly much my name need new newest no normally not now number of',
    'often on one ones only or other our out over p50 p95 percent percentage percentile period please quick quickest rate rates ratio reason',
    'reasons recent recently result results run runs ran same second see share show since slow slower slowest so some started start starts status',
    'still such summary take takes taken task tasks tell than that the their them then there these they thing things this those through',
    'time times to today together took top total trend trends type types typical typically until up us usual usually versus vs want was we week',
    'weeks went were what when where whether which who whose why will with within work worked working would year you your problem problems wrong',
    'go goes going cause causes success history exact exactly currently right moment database databases schema schemas table tables view views',
    'connection connections asset assets source warehouse user users person people anyone somebody someone schedule schedules retry retries',
    'retried wait waits stuck queue position busiest busy triggered by did me compare change changed increase increased decrease decreased',
    'date dates age fresh stale overdue outdated updated update refreshed loaded unusual anomaly anomalies weird strange metrics values skipped skip missed',
    'paused upcoming scheduled coming connected healthy trust rely havent hasnt whats thats tick ticks old data reliable like ever doing rn',
    'against previous past current than explain hi hello thanks thank ok okay worst best performance performing overview display present any id',
  ].flatMap((line) => line.split(' ')),
)

/** Only with one of these, or a type or status, is a question about jobs. */
export const jobWords =
  /\b(?:jobs?|runs?|ran|tasks?|attempts?|retr(?:y|ies|ied)|queue|schedules?|discover(?:y|ies|ed)|what happened|went wrong|(?:success|failure|fail|error) rates?)\b/
