import { describeSizes, largeSize } from '@plumbline/connectors/conformance-sizes'
import { createDatabase } from '../../support/test-database.ts'
import { execute, postgres, targetOf } from './source-database.ts'

const columns = Array.from({ length: largeSize.columns }, (_, index) => `c${index} text`)

describeSizes('postgres', async () => {
  const large = await createDatabase()
  await execute(
    large,
    `do $$ begin
       for n in 1..${largeSize.tables} loop execute format('create table public.t%s (${columns.join(', ')})', n); end loop;
     end $$`,
  )
  return { connector: postgres, empty: targetOf(await createDatabase()), large: targetOf(large) }
})
