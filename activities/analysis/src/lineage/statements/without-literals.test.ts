import { expect, test } from 'vitest'
import { withoutLiterals } from './without-literals.ts'

const bare = (sql: string) => withoutLiterals(sql, 'postgres')

test('values are taken out; names, parameters and code stay', () => {
  expect(bare(`select a."b c", $1 from t where x = 'it''s' and y > 4.2e1 and z = E'q'`)).toBe(
    `select a."b c", $1 from t where x = '' and y > 0 and z = E''`,
  )
  expect(bare(`do $f$ begin insert into t select 'x' from s; end $f$`)).toBe(
    `do $f$ begin insert into t select '' from s; end $f$`,
  )
  expect(bare(`insert into t values ('open`)).toBe(`insert into t values (''`)
})
