import { describeConnector } from '@plumbline/connectors/conformance'
import { z } from 'zod'
import { bigquery, missing, shopStatements, slowStatements, stranger, targetAt, withEmulator } from './shop.ts'

const emulator = withEmulator([...shopStatements, ...slowStatements])

const zRunning = z.object({
  jobs: z.array(z.object({ configuration: z.object({ labels: z.object({ plumbline: z.string() }).optional() }) })),
})

describeConnector(
  'bigquery',
  'bigquery (on its emulator)',
  async () => {
    const { url, call } = emulator()
    return {
      connector: bigquery,
      target: targetAt(url),
      wrongSecret: targetAt(url, {}, { serviceAccountKey: stranger.key }),
      unreachable: targetAt('http://127.0.0.1:1'),
      known: { schema: 'sales', table: 'known', column: 'word', values: ['one', 'two'] },
      slow: { schema: 'sales', table: 'slow', column: 'word' },
      async statements(label) {
        const { jobs } = zRunning.parse(await call('GET', '/jobs?stateFilter=running&projection=full'))
        return jobs.filter(({ configuration }) => configuration.labels?.plumbline === label.replaceAll(' ', '-')).length
      },
    }
  },
  { missing },
)
