import { jobTypes } from '@plumbline/workflows'
import { expect, test } from 'vitest'
import { connectionKind, connectionKinds, fieldsOfKind } from './kinds.ts'
import { connectorFor } from './registry.ts'

test.each(connectionKinds)('%s has a connector of its kind in its folder', async (kind) => {
  expect((await connectorFor(kind)).kind).toBe(kind)
  expect(connectionKind(kind).kind).toBe(kind)
})

test.each(connectionKinds)(
  '%s: every setting and credential has a field of the form, and only such conditions',
  (kind) => {
    const fields = fieldsOfKind(connectionKind(kind))
    const { settings, credentials } = connectionKind(kind)
    const keys = [
      ...Object.keys(settings.shape).map((name) => `settings.${name}`),
      ...Object.keys(credentials.shape).map((name) => `credentials.${name}`),
    ]
    expect(fields.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
    expect(fields.filter(({ when }) => when && !Object.hasOwn(settings.shape, when.setting))).toEqual([])
  },
)

test.each(connectionKinds)(
  '%s quotes any name so that it stands for itself, and folds as the warehouse does',
  (kind) => {
    const { quote, fold } = connectionKind(kind).identifiers
    for (const name of ['Order', 'a "quoted" one', 'läuft', 'semi; drop table x', 'new\nline'])
      expect(fold(quote(name))).toBe(name)
    expect(() => quote('nul\0')).toThrow(TypeError)
  },
)

test.each(connectionKinds)('%s names only job types that there are, and discovers', (kind) => {
  const { jobTypes: supported } = connectionKind(kind)
  expect(supported.filter((type) => !jobTypes.includes(type))).toEqual([])
  expect(supported).toContain('schema_discovery')
})

test.each(connectionKinds)('%s can show what is half typed', (kind) => {
  const { suggestName, summary, roleSql, databaseOf } = connectionKind(kind)
  for (const show of [suggestName, summary, roleSql, databaseOf]) expect(show({})).toEqual(expect.any(String))
})
