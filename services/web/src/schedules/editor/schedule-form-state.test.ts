import { describe, expect, it } from 'vitest'
import { sampleSchedule } from '../../testing/sample-schedule.ts'
import { durationForm, durationOf } from './duration-text.ts'
import {
  choosableKinds,
  createInput,
  eachKinds,
  emptyForm,
  formOf,
  madeUpName,
  missingFields,
  nameLimit,
  previewQuery,
  updateInput,
  withEach,
  withType,
  wrongFields,
  type ScheduleForm,
} from './schedule-form-state.ts'
import { timeZones } from './time-zones.ts'
import type { ChosenAsset } from '../../assets/chosen-asset.ts'

const shop: ChosenAsset = { id: 'a', kind: 'database', name: 'shop', qualifiedName: 'shop' }
const orders: ChosenAsset = { id: 'b', kind: 'table', name: 'orders', qualifiedName: 'shop.sales.orders' }
const tags: ScheduleForm = { ...emptyForm('tag_generation', 'Europe/Berlin'), asset: shop }

describe('what is sent', () => {
  it('names a schedule after what it does', () => {
    expect(createInput({ ...tags, each: 'table' }, shop)).toEqual({
      name: 'Tag generation of every table of shop',
      type: 'tag_generation',
      assetId: 'a',
      target: { each: 'table' },
      config: {},
      cron: '0 6 * * *',
      interval: null,
      timezone: 'Europe/Berlin',
      overlap: 'skip',
      jitter: null,
      paused: false,
    })
  })

  it('keeps a name that was typed, and shortens one that it made up', () => {
    expect(createInput({ ...tags, name: ' Nightly ' }, shop).name).toBe('Nightly')
    const long = { ...shop, qualifiedName: 'x'.repeat(200) }
    expect(madeUpName({ ...tags, asset: long })).toHaveLength(nameLimit)
  })

  it('says everything in a change, so that what was taken away goes', () => {
    const form: ScheduleForm = { ...tags, rhythm: 'interval', interval: { count: 90, unit: 's' }, matching: 'x' }
    expect(updateInput(form)).toMatchObject({ target: null, cron: null, interval: '90s', jitter: null, config: {} })
    expect(updateInput({ ...form, each: 'view', matching: ' shop.* ' }).target).toEqual({
      each: 'view',
      matching: 'shop.*',
    })
    expect(updateInput({ ...form, config: { sampleRows: 0, scope: 'all' } }).config).toEqual({ sampleRows: 0 })
  })

  it('comes back as it was', () => {
    const schedule = sampleSchedule({ cron: null, interval: '15m', jitter: '30s', config: { schemas: ['sales'] } })
    const form = formOf(schedule)
    expect(updateInput(form)).toMatchObject({
      name: schedule.name,
      cron: null,
      interval: '15m',
      jitter: '30s',
      config: { schemas: ['sales'] },
    })
  })
})

describe('what can be run on what', () => {
  it('offers one by one only what a job type runs on', () => {
    expect(eachKinds('schema_discovery')).toEqual([])
    expect(eachKinds('tag_generation')).toContain('table')
    expect(choosableKinds({ type: 'schema_discovery', each: null })).toEqual(['database'])
    expect(choosableKinds({ type: 'tag_generation', each: 'table' })).toEqual(['database', 'schema'])
    expect(choosableKinds({ type: 'tag_generation', each: 'schema' })).toEqual(['database'])
  })

  it('lets go of an asset and a target that do not fit any more', () => {
    expect(withEach({ ...tags, asset: orders }, 'table').asset).toBeNull()
    expect(withEach(tags, 'table').asset).toBe(shop)
    expect(withType({ ...tags, each: 'table' }, 'schema_discovery')).toMatchObject({ each: null, asset: shop })
    expect(withType({ ...tags, asset: orders }, 'schema_discovery').asset).toBeNull()
  })

  it('begins with the options of another type as they are by default', () => {
    const chosen = { ...tags, config: { scope: 'changed' } }
    expect(withType(chosen, 'lineage_extraction').config).toEqual({})
    expect(withType(chosen, 'tag_generation').config).toEqual({ scope: 'changed' })
  })
})

describe('problems', () => {
  const problemsOf = (form: ScheduleForm) => ({ ...missingFields(form), ...wrongFields(form) })
  it('are none when it can be saved', () => expect(problemsOf(tags)).toEqual({}))
  it.each<[string, Partial<ScheduleForm>, RegExp]>([
    ['assetId', { asset: null }, /Choose/],
    ['cron', { cron: ' ' }, /when it runs/],
    ['interval', { rhythm: 'interval', interval: { count: '', unit: 'h' } }, /how often/],
    ['config.sampleRows', { config: { sampleRows: 5000 } }, /./],
  ])('are told at %s', (field, change, message) => {
    const problems = problemsOf({ ...tags, ...change })
    expect(Object.keys(problems)).toEqual([field])
    expect(Object.values(problems)[0]).toMatch(message)
  })
})

it('asks for the next runs of what is typed, and for none of nothing', () => {
  expect(previewQuery({ ...tags, cron: ' 0 6 * * * ' })).toEqual({ cron: '0 6 * * *', timezone: 'Europe/Berlin' })
  expect(previewQuery({ ...tags, rhythm: 'interval' })).toEqual({ interval: '1h', timezone: 'Europe/Berlin' })
  expect(previewQuery({ ...tags, cron: '' })).toBeNull()
  expect(previewQuery({ ...tags, rhythm: 'interval', interval: { count: '', unit: 'h' } })).toBeNull()
})

it('reads lengths of time as it writes them', () => {
  for (const text of ['90s', '15m', '1h', '2d']) expect(durationOf(durationForm(text))).toBe(text)
  expect(durationOf(durationForm(null))).toBeNull()
  expect(durationForm('soon', 'h')).toEqual({ count: '', unit: 'h' })
})

it('offers the zone that is set, also when this browser does not know it', () => {
  expect(timeZones('UTC')[0]).toBe('UTC')
  expect(timeZones('Europe/Berlin').filter((zone) => zone === 'Europe/Berlin')).toHaveLength(1)
  expect(timeZones('Mars/Olympus')).toContain('Mars/Olympus')
})
