import { jobDefinition, targetKinds, type JobType, type OverlapPolicy, type TargetKind } from '@plumbline/workflows'
import { configFieldNames, configProblems, givenConfig, type Config } from '../../jobs/config/config-form-state.ts'
import { everyKind } from '../target-text.ts'
import { durationForm, durationOf, type DurationForm } from './duration-text.ts'
import type { ChosenAsset } from '../../assets/chosen-asset.ts'
import type { PreviewQuery } from '../../api/schedule-calls.ts'
import type { CreateSchedule, Schedule, UpdateSchedule } from '@plumbline/api'
import type { AssetKind } from '@plumbline/workflows'

/** What the editor holds: all as typed, so that a half-written expression is not lost. */
export interface ScheduleForm {
  /** Left empty, it is made of what the schedule does. */
  name: string
  type: JobType
  asset: ChosenAsset | null
  /** One job for every asset of this kind below the chosen one; null: one job on the chosen one. */
  each: TargetKind | null
  matching: string
  /** The options that differ from the defaults of the type. */
  config: Config
  rhythm: 'cron' | 'interval'
  cron: string
  interval: DurationForm
  timezone: string
  overlap: OverlapPolicy
  jitter: DurationForm
  paused: boolean
}

export const emptyForm = (type: JobType, timezone: string): ScheduleForm => ({
  name: '',
  type,
  asset: null,
  each: null,
  matching: '',
  config: {},
  rhythm: 'cron',
  cron: '0 6 * * *',
  interval: { count: 1, unit: 'h' },
  timezone,
  overlap: 'skip',
  jitter: { count: '', unit: 'm' },
  paused: false,
})

/** The editor of a stored schedule. */
export function formOf(schedule: Schedule): ScheduleForm {
  const { name, type, asset, target, config, cron, interval, timezone, overlap, jitter, paused } = schedule
  return {
    name,
    type,
    asset,
    each: target?.each ?? null,
    matching: target?.matching ?? '',
    config,
    rhythm: cron === null ? 'interval' : 'cron',
    cron: cron ?? '0 6 * * *',
    interval: interval === null ? { count: 1, unit: 'h' } : durationForm(interval),
    timezone,
    overlap,
    jitter: durationForm(jitter),
    paused,
  }
}

/** The kinds that a type can be run on one by one below something. */
export const eachKinds = (type: JobType): TargetKind[] =>
  targetKinds.filter((kind) => jobDefinition(type).assetKinds.includes(kind))

/** The kinds of asset that can be chosen: those the job runs on, or those that hold what it runs on. */
export function choosableKinds({ type, each }: Pick<ScheduleForm, 'type' | 'each'>): readonly AssetKind[] {
  if (each === null) return jobDefinition(type).assetKinds
  return each === 'schema' ? ['database'] : ['database', 'schema']
}

/** Another type begins with its own defaults, and lets go of a target or asset that it cannot have. */
export function withType(form: ScheduleForm, type: JobType): ScheduleForm {
  const each = form.each !== null && eachKinds(type).includes(form.each) ? form.each : null
  return withEach({ ...form, type, config: type === form.type ? form.config : {} }, each)
}

/** Another target lets go of an asset that cannot have it. */
export function withEach(form: ScheduleForm, each: TargetKind | null): ScheduleForm {
  const next = { ...form, each }
  const fits = next.asset !== null && choosableKinds(next).includes(next.asset.kind)
  return fits ? next : { ...next, asset: null }
}

/** The name that a schedule gets when none is typed. */
export function madeUpName({ type, asset, each }: Pick<ScheduleForm, 'type' | 'asset' | 'each'>): string {
  const { label } = jobDefinition(type)
  if (asset === null) return label
  const target = each === null ? asset.qualifiedName : `${everyKind(each)} of ${asset.qualifiedName}`
  const name = `${label} of ${target}`
  return name.length <= nameLimit ? name : `${name.slice(0, nameLimit - 1)}…`
}
export const nameLimit = 100

/** What is asked for the next runs; null while there is nothing to ask for. */
export function previewQuery({ rhythm, cron, interval, timezone }: ScheduleForm): PreviewQuery | null {
  if (rhythm === 'cron') return cron.trim() === '' ? null : { cron: cron.trim(), timezone }
  const every = durationOf(interval)
  return every === null ? null : { interval: every, timezone }
}

/** The fields that show their errors themselves, under the API's names. */
export const shownFields = (type: JobType): string[] => [
  'name',
  'type',
  'assetId',
  'target.each',
  'target.matching',
  'cron',
  'interval',
  'timezone',
  'overlap',
  'jitter',
  ...configFieldNames(type),
]

/** What has to be filled in before it can be saved, by field. */
export function missingFields({ asset, rhythm, cron, interval }: ScheduleForm): Record<string, string> {
  return {
    ...(asset === null && { assetId: 'Choose what it runs on' }),
    ...(rhythm === 'cron' && cron.trim() === '' && { cron: 'Write when it runs, as 0 6 * * *' }),
    ...(rhythm === 'interval' && interval.count === '' && { interval: 'Say how often it runs' }),
  }
}

/** What is wrong with what was chosen, by field. */
export const wrongFields = ({ type, config }: ScheduleForm): Record<string, string> => configProblems(type, config)

export const createInput = (form: ScheduleForm, { id }: ChosenAsset): CreateSchedule => ({
  ...updateInput(form),
  type: form.type,
  assetId: id,
  paused: form.paused,
})

/** Every field is given: null takes away what the schedule had. */
export function updateInput(form: ScheduleForm) {
  const { rhythm, cron, interval, timezone, overlap, jitter, each, matching } = form
  const pattern = matching.trim()
  return {
    name: form.name.trim() || madeUpName(form),
    target: each === null ? null : { each, ...(pattern === '' ? {} : { matching: pattern }) },
    config: givenConfig(form.type, form.config),
    cron: rhythm === 'cron' ? cron.trim() : null,
    interval: rhythm === 'interval' ? durationOf(interval) : null,
    timezone,
    overlap,
    jitter: durationOf(jitter),
  } satisfies UpdateSchedule
}
