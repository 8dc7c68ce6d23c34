import { expect, test } from 'vitest'
import { restServer, type Answer, type Asked } from '../../support/bigquery/rest-server.ts'
import { bigquery, targetAt } from './shop.ts'

const tables = 5_000
const pageSize = 1_000
const mebibyte = 1024 ** 2

/** A dataset of many tables, answered page by page as BigQuery documents. */
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
      ...(to < tables && { nextPageToken: String(to) }),
    }
  }
  if (path.startsWith('/datasets/large/tables/'))
    return {
      type: 'TABLE',
      schema: {
        fields: Array.from({ length: 20 }, (_, index) => ({
          name: `column_${index}`,
          type: 'RECORD',
          fields: [{ name: 'city', type: 'STRING', description: 'Where the letter goes' }],
        })),
      },
    }
  return {}
}

test('5,000 tables: no more than two calls a table, ten at a time, little memory (documented answers)', async () => {
  await using server = await restServer(manyTables)
  const signal = new AbortController().signal
  const session = await bigquery.open(targetAt(server.url), { label: 'plumbline large', signal })
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let [found, most] = [0, 0]
  for await (const event of session.readCatalog({})) {
    if (event.kind === 'relations') found += event.relations.length
    most = Math.max(most, process.memoryUsage().rss - before)
  }
  expect(found).toBe(tables)
  expect(server.asked.length).toBeLessThan(2 * tables)
  expect(server.mostAtOnce).toBeLessThanOrEqual(10)
  expect(most / mebibyte).toBeLessThan(300)
})
