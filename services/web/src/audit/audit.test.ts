import { describe, expect, it } from 'vitest'
import { auditChanges, fieldLabel } from './audit-changes.ts'
import { auditQuery, parseAuditSearch } from './audit-search.ts'

describe('auditChanges', () => {
  it('shows what changed, field by field', () => {
    const before = { name: 'Billing', settings: { host: 'db', port: 5439 } }
    const after = { name: 'Billing', settings: { host: 'db', port: 5432 } }
    expect(auditChanges({ before, after })).toEqual([{ field: 'settings.port', before: '5439', after: '5432' }])
  })

  it('names fields in words', () => {
    expect(fieldLabel('maxConcurrentJobs')).toBe('Max concurrent jobs')
    expect(fieldLabel('settings.sslMode')).toBe('Settings › ssl mode')
    expect(fieldLabel('config.sampleRows')).toBe('Options › sample rows')
  })

  it('lists the first of many values', () => {
    const jobIds = ['1', '2', '3', '4', '5', '6', '7']
    expect(auditChanges({ before: null, after: { jobIds } })[0]?.after).toBe('1, 2, 3, 4, 5, and 2 more')
    expect(auditChanges({ before: { jobIds }, after: { jobIds: [] } })[0]?.after).toBe('none')
  })

  it('says values in words, and leaves alone what people named', () => {
    const after = {
      type: 'metric_capture',
      mode: 'from_failure',
      enabled: true,
      name: 'from_failure',
      until: '2026-03-10T18:05:00.000Z',
      jobId: '01a209dc-e227-72e0-aaca-34dbfa834aec',
      tags: [{ column: 'ip_address', tag: 'ip_address' }],
      config: { followUps: ['tag_generation', 'lineage_extraction'] },
    }
    const shown = Object.fromEntries(auditChanges({ before: null, after }).map((one) => [one.field, one.after]))
    expect(shown).toMatchObject({
      type: 'Metric capture',
      mode: 'from failure',
      enabled: 'yes',
      name: 'from_failure',
      until: expect.stringMatching(/2026/),
      jobId: 'fa834aec',
      tags: 'column ip_address, tag IP address',
      'config.followUps': 'Tag generation, Lineage extraction',
    })
  })

  it('shows all of what is new or gone', () => {
    expect(auditChanges({ before: null, after: { type: 'x', schemas: ['a'], empty: {} } })).toEqual([
      { field: 'type', before: null, after: 'x' },
      { field: 'schemas', before: null, after: 'a' },
      { field: 'empty', before: null, after: 'none' },
    ])
    expect(auditChanges({ before: { name: 'x' }, after: null })).toEqual([{ field: 'name', before: 'x', after: null }])
    expect(auditChanges({ before: null, after: null })).toEqual([])
  })
})

it('filters by what the address says', () => {
  const search = parseAuditSearch({ actor: 'ada', action: 'job.cancel', range: '1h', targetId: 't' })
  expect(auditQuery(search, Date.parse('2026-01-01T12:00:00.000Z'))).toEqual({
    actor: 'ada',
    action: 'job.cancel',
    targetId: 't',
    since: '2026-01-01T11:00:00.000Z',
  })
  expect(parseAuditSearch({ action: 'mystery' }).action).toBeUndefined()
})
