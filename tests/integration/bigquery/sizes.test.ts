import { describeSizes, largeSize } from '@plumbline/connectors/conformance-sizes'
import { afterAll, expect, test } from 'vitest'
import { restServer, type Answer, type Asked } from '../../support/bigquery/rest-server.ts'
import { bigquery, targetAt } from './shop.ts'

const pageSize = 1_000

/** A dataset of many tables in the EU, answered page by page as BigQuery documents; what lies elsewhere is none. */
function manyTables({ path }: Asked): Answer {
  if (path.startsWith('/datasets?')) return { datasets: [{ datasetReference: { datasetId: 'large' }, location: 'EU' }] }
  if (path.startsWith('/datasets/large/tables?')) {
    const from = Number(new URL(path, 'http://server').searchParams.get('pageToken') ?? 0)
    const to = from + pageSize
    return {
      tables: Array.from({ length: pageSize }, (_, index) => ({
        tableReference: { projectId: 'shop-project', datasetId: 'large', tableId: `t_${from + index}` },
        type: 'TABLE',
        creationTime: String(1_700_000_000_000 + from + index),
      })),
      ...(to < largeSize.tables && { nextPageToken: String(to) }),
    }
  }
  if (path.startsWith('/datasets/large/tables/'))
    return {
      type: 'TABLE',
      schema: {
        fields: Array.from({ length: largeSize.columns }, (_, index) => ({
          name: `column_${index}`,
          type: 'RECORD',
          fields: [{ name: 'city', type: 'STRING', description: 'Where the letter goes' }],
        })),
      },
    }
  return {}
}

const server = await restServer(manyTables)
afterAll(() => server[Symbol.asyncDispose]())

describeSizes('bigquery (documented answers)', () =>
  Promise.resolve({
    connector: bigquery,
    empty: targetAt(server.url, { location: 'US' }),
    large: targetAt(server.url),
  }),
)

test('no more than two calls a table, ten at a time (documented answers)', () => {
  expect(server.asked.length).toBeLessThan(2 * largeSize.tables)
  expect(server.asked.length).toBeGreaterThan(largeSize.tables)
  expect(server.mostAtOnce).toBeLessThanOrEqual(10)
})
