import type { ColumnDocument, ColumnType, KeyDocument } from '@plumbline/workflows'
import { expect, test } from 'vitest'
import { classifyRelation } from './classify-relation.ts'
import { compileRule, countRules } from './custom/custom-rules.ts'
import { countChecks } from './values/count-checks.ts'

const column = (name: string, type: ColumnType = 'text', comment: string | null = null): ColumnDocument => ({
  id: name,
  name,
  position: 1,
  type,
  nativeType: type,
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  comment,
})

interface Around {
  table?: string
  columns?: ColumnDocument[]
  keys?: KeyDocument[]
  values?: string[]
}

function piiOf(asked: ColumnDocument, { table = 't', columns = [], keys = [], values }: Around = {}) {
  const evidence = values ? { [asked.name]: countChecks(values) } : null
  const tags = classifyRelation({ schema: '', name: table, columns: [asked, ...columns], keys, evidence })
  return tags[asked.name]?.find(({ category }) => category === 'pii')
}

const ten = (make: (n: number) => string) => Array.from({ length: 10 }, (_, n) => make(n))

test('a comment says what a name does not', () => {
  expect(piiOf(column('ref1', 'text', 'Date of birth of the insured'))?.tag).toBe('dob')
  expect(piiOf(column('ref1', 'text', 'Set by the importer'))).toBeUndefined()
})

test('a key to a column of personal data is personal data', () => {
  const references = { externalId: 'r:1', columns: ['email'] }
  const key = { kind: 'foreign', name: 'fk', columns: ['owner'], definition: '', references } as const
  const pii = piiOf(column('owner'), { keys: [{ ...key, columns: ['owner'] }] })
  expect(pii).toMatchObject({ tag: 'email', evidence: ['"owner" is a key to a column whose name says "email"'] })
})

test('a tag of the column that values come from is taken over, unless the name or the values say otherwise', () => {
  const from = { tag: 'email', category: 'pii', confidence: 0.97, from: 's.users.mail', how: 'flow' } as const
  const inherit = (name: string, values?: string[], rejected: string[] = []) =>
    classifyRelation({
      schema: '',
      name: 't',
      columns: [column(name)],
      keys: [],
      evidence: values ? { [name]: countChecks(values) } : null,
      surroundings: { [name]: { inherited: [from], rejected } },
    })[name]?.find(({ category }) => category === 'pii')
  expect(inherit('x1')).toMatchObject({
    tag: 'email',
    inherited: true,
    evidence: ['Its values come from "s.users.mail", which holds e-mail addresses'],
  })
  expect(inherit('x1')?.confidence).toBeLessThan(0.97)
  expect(inherit('work_email')).toMatchObject({ tag: 'email', inherited: false })
  expect(inherit('email_count')).toBeUndefined()
  expect(
    inherit(
      'x1',
      ten((n) => `template ${n}`),
    ),
  ).toBeUndefined()
  expect(inherit('x1', undefined, ['email'])).toBeUndefined()
})

test('what values showed holds while they are not looked at, what names or rules that are gone said does not', () => {
  const cards = ten((n) => `400000000000${1000 + n}`).filter((card) => countChecks([card])['credit_card'] === 1)
  const badges = ten((n) => `B-${n}`)
  const matcher = { kind: 'value', pattern: 'B-\\d', minShare: 0.5 } as const
  const rule = compileRule({ id: '1', name: 'Badges', tag: 'badge', category: 'pii', matcher })
  const asked = { schema: '', name: 't', columns: [column('x1'), column('x2'), column('phone')], keys: [] }
  const evidence = {
    x1: countChecks(cards),
    x2: { ...countChecks(badges), ...countRules(badges, [rule]) },
    phone: countChecks(ten((n) => `+49 30 90182${n}1`)),
  }
  const seen = classifyRelation({ ...asked, evidence, rules: [rule] })
  expect(seen).toMatchObject({ x1: [{ tag: 'credit_card' }, { tag: 'restricted' }], x2: [{ tag: 'badge' }] })
  const around = (tags = seen, rejected: string[] = []) =>
    Object.fromEntries(Object.entries(tags).map(([name, earlier]) => [name, { inherited: [], rejected, earlier }]))
  const again = { ...asked, evidence: null, rules: [rule] }
  expect(classifyRelation({ ...again, surroundings: around() })).toEqual(seen)
  const byNames = classifyRelation({ ...asked, evidence: null })
  expect(Object.keys(byNames)).toEqual(['phone'])
  expect(classifyRelation({ ...again, rules: [], surroundings: around() })).not.toHaveProperty('x2')
  expect(classifyRelation({ ...again, surroundings: around(seen, ['credit_card']) })).not.toHaveProperty('x1')
  const named = { inherited: [], rejected: [], earlier: byNames['phone'] ?? [] }
  expect(classifyRelation({ ...again, surroundings: { x1: named } })).not.toHaveProperty('x1')
})

test('tags that people made up and sensitivity are taken over as they are', () => {
  const inherited = [
    { tag: 'staff badge', category: 'pii', confidence: 1, from: 's.a.b', how: 'key' },
    { tag: 'restricted', category: 'sensitivity', confidence: 1, from: 's.a.b', how: 'key' },
  ] as const
  const tags = classifyRelation({
    schema: '',
    name: 't',
    columns: [column('x1')],
    keys: [],
    evidence: null,
    surroundings: { x1: { inherited, rejected: [] } },
  })
  expect(tags['x1']).toEqual([
    expect.objectContaining({
      tag: 'staff badge',
      inherited: true,
      evidence: ['It is a key to "s.a.b", which carries "staff badge"'],
    }),
    expect.objectContaining({ tag: 'restricted', inherited: true }),
  ])
})

test('a doubtful name is believed beside columns about people, and not in a table of other things', () => {
  const columns = [column('email'), column('date_of_birth', 'date')]
  expect(piiOf(column('name'), { columns })?.tag).toBe('person_name')
  expect(piiOf(column('name'), { columns, table: 'products' })).toBeUndefined()
})

test('values cannot make a version, an order or a title into personal data', () => {
  expect(piiOf(column('assembly_version'), { values: ten((n) => `19.${n}.0.4`) })).toBeUndefined()
  expect(piiOf(column('order_number'), { values: ten((n) => `612 345 6${n}8`) })).toBeUndefined()
  expect(piiOf(column('address'), { values: ten(() => 'true') })).toBeUndefined()
})

test('whose values are people is told by the last word, whatever stands before it', () => {
  const values = ['Joe Marsh', 'Mrs Kathleen Harding', 'Nicole Burton-Scott', 'Ann Miller']
  expect(piiOf(column('class_teacher'), { values })?.tag).toBe('person_name')
  expect(piiOf(column('pod_signed_by'), { values })?.tag).toBe('person_name')
})

const opaque: [kind: string, values: string[]][] = [
  ['ip_address', ten((n) => `2001:db8:11:${n}0::a1`)],
  ['ip_address', ten((n) => `71a7:aef1:9e67:96e7:ea9e:5e72:cb90:38a${n}`)],
  ['person_name', ['Anna Schmidt', 'Jürgen Müller', 'Dr. Karin Vogel', 'Peter Lange']],
  ['person_name', ['Мария Иванова', 'Иван Петров', 'Ольга Смирнова']],
  ['person_name', ['佐藤 花子', '鈴木 太郎', '高橋 翔太']],
  ['person_name', ['김민준', '이서연', '박지우']],
  ['address', ['Hauptstraße 12', 'Lindenweg 3', 'Marktplatz 7']],
  ['address', ['12 rue de la Paix', '4, avenue Foch', '98 boulevard Voltaire']],
  ['address', ['Calle Mayor 5', 'Avenida del Sol 12', 'Plaza Nueva 1']],
  ['address', ['Kerkstraat 21', 'Prinsengracht 263', 'Dorpsweg 8']],
  ['address', ['東京都港区芝公園4-2-8', '大阪府大阪市北区梅田3-1-1']],
  ['phone', ['+31 20 624 1111', '020-6241111', '+31 (0)6 12345678']],
  ['address', ['Hůlkova 5', 'Kalská 9', 'Brixiho 1', 'Koclířova 326', 'Horní Stromky 341']],
  ['phone', ['(927)555-5372x505', '921-555-1149x70017', '733.555.7088x9045', '262-555-2970']],
  ['geo', ['52.3702, 4.8952', '48.8566, 2.3522', '-33.8688, 151.2093']],
  ['credential', ten((n) => `ghp_${String(n).repeat(36)}`)],
]
test.each(opaque)('values alone: %s in %j', (kind, values) => {
  expect(piiOf(column('f0_'), { values })?.tag).toBe(kind)
})

const nothing: string[][] = [
  ['New Thomas', 'Lake Karin', 'Petersville', 'North Anna'],
  ['Schmidt Group', 'Vogel and Sons', 'Lange GmbH'],
  ['Deutschland', 'France', 'Italia'],
  ten((n) => `Room ${n}`),
  ten((n) => `7.${n}.2.1`),
  ten((n) => `1,${n}99.00`),
  ten((n) => `SKU-9${n}650`),
  ten((n) => `2024-0${(n % 9) + 1}-11`),
  ten((n) => `6f1c0a3e-0000-4000-8000-00000000001${n}`),
]
test.each(nothing.map((values) => [values]))('values alone: nothing in %j', (values) => {
  expect(piiOf(column('f0_'), { values })).toBeUndefined()
})
