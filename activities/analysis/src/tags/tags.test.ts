import type { ColumnDocument, ColumnType } from '@plumbline/workflows'
import { describe, expect, test } from 'vitest'
import { classifyRelation } from './classify-relation.ts'
import { countChecks } from './values/count-checks.ts'
import { valueChecks, type ValueCheck } from './values/value-checks.ts'
import { shapeOf } from './values/value-shape.ts'

const column = (name: string, type: ColumnType = 'text'): ColumnDocument => ({
  id: name,
  name,
  position: 1,
  type,
  nativeType: type,
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  comment: null,
})

interface Given {
  table?: string
  type?: ColumnType
  values?: string[]
}

function tagsOf(name: string, { table = 't', type = 'text', values }: Given = {}) {
  const evidence = values ? { [name]: countChecks(values) } : null
  return classifyRelation({ schema: 'x', name: table, columns: [column(name, type)], keys: [], evidence })[name] ?? []
}

const piiOf = (name: string, given?: Given) => tagsOf(name, given).find(({ category }) => category === 'pii')?.tag

const sixteen = (make: (n: number) => string) => Array.from({ length: 16 }, (_, n) => make(n))

describe('by name alone', () => {
  test.each([
    ['email', 'email'],
    ['workEmail', 'email'],
    ['ssn', 'ssn'],
    ['iban', 'iban'],
    ['creditCardNo', 'credit_card'],
    ['telephoneNumber', 'phone'],
    ['lname', 'person_name'],
    ['Full.Name', 'person_name'],
    ['fecha_nacimiento', 'dob'],
    ['téléphone', 'phone'],
    ['password', 'credential'],
    ['billing_address_line_1', 'address'],
    ['src_ip', 'ip_address'],
  ])('%s is %s', (name, kind) => {
    expect(piiOf(name)).toBe(kind)
  })

  test.each([
    ['email_count', 'integer'],
    ['email_sent_at', 'timestamp'],
    ['is_email_verified', 'boolean'],
    ['phone_type', 'text'],
    ['password_hash_length', 'integer'],
    ['bank_account_id', 'text'],
    ['bank_name', 'text'],
    ['file_name', 'text'],
    ['rename_count', 'integer'],
    ['scorecard_id', 'integer'],
    ['email', 'boolean'],
    ['phone', 'timestamp'],
  ] as const)('%s (%s) is none', (name, type) => {
    expect(piiOf(name, { type })).toBeUndefined()
  })

  test('a name is a person’s where the table keeps people', () => {
    expect(piiOf('name', { table: 'customers' })).toBe('person_name')
    expect(piiOf('name', { table: 'tracks' })).toBeUndefined()
  })
})

describe('with values', () => {
  test('values with check digits are enough alone', () => {
    expect(piiOf('f0', { values: sixteen(() => 'DE89 3704 0044 0532 0130 00') })).toBe('iban')
    expect(piiOf('f0', { values: sixteen(() => '4111 1111 1111 1111') })).toBe('credit_card')
    expect(piiOf('f0', { values: sixteen((n) => `person${n}@example.org`) })).toBe('email')
  })

  test('values of another form refute the name', () => {
    expect(piiOf('email', { values: sixteen((n) => `template-${n}`) })).toBeUndefined()
    expect(piiOf('email', { values: sixteen((n) => `6f1c0a3e-0000-4000-8000-0000000000${n + 10}`) })).toBeUndefined()
  })

  test('a few strays do not make a column personal', () => {
    expect(piiOf('note', { values: sixteen((n) => (n < 4 ? `a${n}@example.org` : 'a sentence')) })).toBeUndefined()
  })

  test('evidence says why, and holds no value', () => {
    const values = sixteen((n) => `secret.person${n}@example.org`)
    const [pii, sensitivity] = tagsOf('contact_email', { values })
    expect(pii).toMatchObject({ tag: 'email', category: 'pii' })
    expect(pii?.confidence).toBeGreaterThan(0.95)
    expect(pii?.evidence).toEqual([
      expect.stringMatching(/^16 of 16 sampled values have the form of e-mail addresses, like "a{6}\.a{6}9@a{7}/),
      'The name "contact_email" says "email"',
    ])
    expect(sensitivity).toMatchObject({ tag: 'confidential', category: 'sensitivity' })
    expect(JSON.stringify([pii, sensitivity])).not.toContain('secret')
  })
})

test('the domain follows from table or schema', () => {
  const domain = (schema: string, name: string) =>
    classifyRelation({ schema, name, columns: [column('x')], keys: [], evidence: null })['x']?.[0]
  expect(domain('public', 'customer_orders')).toMatchObject({ tag: 'sales', category: 'domain', confidence: 0.8 })
  expect(domain('payroll', 'entries')).toMatchObject({ tag: 'hr', confidence: 0.6 })
  expect(domain('public', 'zzz')).toBeUndefined()
})

describe('checks', () => {
  const passing: [ValueCheck, string][] = [
    ['email', "o'neil+x@mail.example.co.uk"],
    ['phone', '+49 (0) 8243 261420'],
    ['phone', '248-214-8172x013'],
    ['ssn', '635-21-6537'],
    ['credit_card', '3782 822463 10005'],
    ['iban', 'NO93 8601 1117 947'],
    ['ip_address', '2001:db8::1'],
    ['ip_address', '10.0.0.1'],
    ['mac_address', '00-1A-2B-3C-4D-5E'],
    ['geo', '52.5200, 13.4050'],
    ['address', '155 Malcolm Street'],
    ['credential', 'postgres://ann:secret@db.example.org/app'],
  ]
  test.each(passing)('%s takes %s', (check, value) => {
    expect(valueChecks[check](shapeOf(value))).toBe(true)
  })

  const failing: [ValueCheck, string][] = [
    ['email', 'ann@localhost'],
    ['email', 'ann at example.org'],
    ['phone', '2026-09-21'],
    ['phone', '12345'],
    ['ssn', '000-21-6537'],
    ['ssn', '666-21-6537'],
    ['credit_card', '4111 1111 1111 1112'],
    ['credit_card', '0000 0000 0000 0000'],
    ['iban', 'NO93 8601 1117 948'],
    ['ip_address', '1.2.3.400'],
    ['ip_address', '1:2:3'],
    ['mac_address', '00-1A-2B-3C-4D'],
    ['geo', '1.5, 2.5'],
    ['address', 'plant feel sport'],
  ]
  test.each(failing)('%s refuses %s', (check, value) => {
    expect(valueChecks[check](shapeOf(value))).toBe(false)
  })

  test('count what passed, keep masked forms, and forget the values', () => {
    expect(countChecks(['ann@example.org', ' ', 'bob@example.org', 'x'])).toEqual({
      values: 3,
      email: 2,
      wordy: 3,
      'form:aaa@aaaaaaa.aaa': 2,
      'form:a': 1,
    })
  })

  const national: [scheme: string, values: string[]][] = [
    ['BR.cpf', ['529.982.247-25', '111.444.777-35', '39053344705']],
    ['ES.dni', ['12345678Z', '00000014Z', '87654321X']],
    ['CA.sin', ['130 692 544', '046 454 286', '193-456-787']],
    ['FI.hetu', ['131052-308T', '131052-308T']],
    ['IT.codicefiscale', ['RSSMRA85T10A562S', 'RCCMNL83S18D969H']],
    ['NL.bsn', ['111222333', '123456782']],
    ['PL.pesel', ['44051401359', '02070803628']],
    ['SE.personnummer', ['811218-9876', '670919-9530']],
    ['IN.aadhaar', ['234123412346', '2341 2341 2346']],
    ['KR.rrn', ['971013-9019902', '971013-9019902']],
    ['FR.nir', ['2 95 10 99 126 111 93', '253072B07300470']],
  ]
  test.each(national)('numbers of %s are known by their check digits', (scheme, values) => {
    expect(countChecks(values)).toMatchObject({ scheme: values.length, [`scheme:${scheme}`]: values.length })
  })

  test('numbers that follow no scheme are no national numbers', () => {
    for (const values of [['111.111.111-11', '529.982.247-26'], sixteen((n) => String(752_584_434 + n * 7_919_111))]) {
      const { scheme = 0 } = countChecks(values)
      expect(scheme).toBeLessThanOrEqual(values.length / 2)
    }
  })
})
