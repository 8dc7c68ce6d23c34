import { describeSizes, largeSize } from '@plumbline/connectors/conformance-sizes'
import { missing, password, snowflake, targetAt, withEmulator } from './shop.ts'

const emulator = withEmulator({ PLUMBLINE: { password } }, [
  'create database nothing',
  'create database large',
  'create schema large.many',
  // Each statement must end in time on a busy machine.
  ...Array<string>(5).fill(`create ${largeSize.tables / 5} tables of ${largeSize.columns} columns in large.many`),
])

describeSizes(
  'snowflake (on its emulator)',
  () => {
    const { url } = emulator()
    const targetOf = (database: string) => targetAt(url, { database })
    return Promise.resolve({ connector: snowflake, empty: targetOf('nothing'), large: targetOf('large') })
  },
  { mostStatements: 20, missing },
)
