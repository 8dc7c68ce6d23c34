import { array, assert, constantFrom, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { classifyRelation } from './classify-relation.ts'
import { compileRule, countRules } from './custom/custom-rules.ts'
import { countChecks } from './values/count-checks.ts'

/** Letters and digits that no sentence, mask or name of a check has in a row. */
const secret = array(constantFrom('q', 'x', 'z', 'j', 'k', 'v', 'w'), { minLength: 4, maxLength: 8 }).map((letters) =>
  letters.join(''),
)
const number = array(constantFrom('1', '2', '3', '4', '5', '6', '7'), { minLength: 6, maxLength: 9 }).map((digits) =>
  digits.join(''),
)

/** What people write down, around something that must not be seen again. */
const forms: ((word: string, digits: string) => string)[] = [
  (word) => `${word}@example.org`,
  (word) => `Write to ${word}@${word}.example.org before noon please`,
  (word) => `Ann ${word.toUpperCase()}`,
  (word, digits) => `${word} Street ${digits.slice(0, 3)}`,
  (_, digits) => `+49 30 ${digits}`,
  (_, digits) => digits.padEnd(16, digits),
  (word, digits) => `DE${digits}${digits}${word}`,
  (word, digits) => `${word}:${digits}!A`,
  (word) => `postgres://${word}:${word}@db.example.org/app`,
  (word, digits) => `{"mail": "${word}@example.org", "id": ${digits}}`,
  (word) => `@${word}`,
  (_, digits) => `192.168.${digits.slice(0, 2)}.${digits.slice(2, 4)}`,
]
const columnNames = [
  'email',
  'name',
  'phone',
  'address',
  'iban',
  'password',
  'national_id',
  'handle',
  'note',
  'f0_',
] as const

const rule = compileRule({
  id: '1',
  name: 'Any',
  tag: 'any',
  category: 'pii',
  matcher: { kind: 'value', pattern: '.+', minShare: 0.1 },
})

test('neither what is counted nor what is given as reason holds any part of a value', () => {
  assert(
    property(
      constantFrom(...columnNames),
      constantFrom(...forms),
      array(tuple(secret, number), { minLength: 1, maxLength: 12 }),
      (name, form, parts) => {
        const values = parts.map(([word, digits]) => form(word, digits))
        const counts = { ...countChecks(values), ...countRules(values, [rule]) }
        const column = { id: name, name, position: 1, type: 'text', nativeType: 'text', nullable: true } as const
        const columns = [{ ...column, default: null, identity: null, generated: null, comment: null }]
        const tags = classifyRelation({
          schema: 's',
          name: 't',
          columns,
          keys: [],
          evidence: { [name]: counts },
          rules: [rule],
        })
        const seen = JSON.stringify([counts, tags]).toLowerCase()
        for (const [word, digits] of parts) {
          expect(seen).not.toContain(word)
          expect(seen).not.toContain(digits.slice(0, 4))
        }
      },
    ),
    { numRuns: 400 },
  )
})
