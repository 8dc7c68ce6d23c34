import { expect, test } from 'vitest'
import { withoutVariables } from './routine-body.ts'

test('what a statement fills is taken out, and tables that are filled stay', () => {
  const body = `select a, b into strict n, r."x" from t; insert into t select x from s returning id into n;
    merge into t using s on true when matched then delete; fetch c into r;`
  expect(withoutVariables(body).replaceAll(/ +/g, ' ')).toBe(
    `select a, b from t; insert into t select x from s returning id ;
 merge into t using s on true when matched then delete; fetch c ;`,
  )
})
