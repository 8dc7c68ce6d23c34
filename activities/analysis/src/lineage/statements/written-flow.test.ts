import { beforeAll, expect, test } from 'vitest'
import { loadParser } from '../sql/parse-statement.ts'
import { scriptLineage } from '../sql/script-lineage.ts'
import { createTableSchema } from '../sql/table-schema.ts'
import { writtenFlows } from './written-flow.ts'

beforeAll(loadParser)

const tables = { s: ['id', 'k', 'state', 'x'], r: ['id', 'y'], m: ['x'], t: ['a', 'b'] }
const flowsOf = (sql: string) => writtenFlows(scriptLineage(sql, 'postgres', createTableSchema(tables)))

test('values and what only decides rows are told apart, pair by pair', () => {
  const { flows } = flowsOf('insert into t (a, b) select s.x, r.y from s join r on r.id = s.id where s.state = $1')
  expect(flows).toEqual([
    { from: 's', to: 't', columns: [{ from: 'x', to: 'a' }], indirect: ['id', 'state'], told: false },
    { from: 'r', to: 't', columns: [{ from: 'y', to: 'b' }], indirect: ['id'], told: false },
  ])
})

test('what goes through a temporary table goes from where it came from to where it ends', () => {
  const { flows } = flowsOf(`
    create temp table one as select s.x as y, s.k from s where s.state = 'new';
    create temporary table two as select one.y as z from one where one.k > 1;
    insert into t (a) select two.z from two;`)
  expect(flows).toEqual([
    { from: 's', to: 't', columns: [{ from: 'x', to: 'a' }], indirect: ['state', 'k'], told: false },
  ])
})

test('a table between that is no temporary one keeps its place', () => {
  const { flows } = flowsOf('insert into m (x) select s.x from s; insert into t (x) select m.x from m')
  expect(flows.map(({ from, to }) => `${from} > ${to}`)).toEqual(['s > m', 'm > t'])
})

test('a table that is filled from itself is counted', () => {
  expect(flowsOf('insert into t (a) select t.a from t')).toMatchObject({ flows: [], selfLoops: 1 })
})

test('a statement that is not parsed is told by its words, with its place', () => {
  const { flows, failures } = flowsOf('insert into t select x from s where in in in')
  expect(flows).toMatchObject([{ from: 's', to: 't', columns: [], told: true }])
  expect(failures).toMatchObject([{ line: 1, extract: expect.stringContaining('where in') }])
})

test('statements of a body that write nothing need not be understood', () => {
  expect(
    flowsOf(`raise notice 'x'; insert into t (a) select s.x from s; get diagnostics n = row_count`).failures,
  ).toEqual([])
})
