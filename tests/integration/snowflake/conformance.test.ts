import { describeConnector } from '@plumbline/connectors/conformance'
import { missing, password, shopStatements, snowflake, targetAt, withEmulator } from './shop.ts'

const emulator = withEmulator({ PLUMBLINE: { password } }, shopStatements)

describeConnector(
  'snowflake',
  'snowflake (on its emulator)',
  async () => {
    const { url } = emulator()
    return {
      connector: snowflake,
      target: targetAt(url),
      wrongSecret: targetAt(url, {}, { password: 'wrong-and-secret' }),
      unreachable: targetAt('http://127.0.0.1:1'),
      known: { schema: 'SALES', table: 'KNOWN', column: 'WORD', values: ['one', 'two'] },
      slow: { schema: 'SALES', table: 'KNOWN', column: 'WORD' },
      statements: () => Promise.resolve(0),
    }
  },
  // Nothing on the emulator takes long: `protocol.test.ts` cancels.
  { without: ['slow-statements'], missing },
)
