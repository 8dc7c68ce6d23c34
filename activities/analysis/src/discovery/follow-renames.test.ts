import { describe, expect, test } from 'vitest'
import { onlyFollows } from './follow-renames.ts'

const renamed = (before: string, after: string) => ({ kind: 'column_renamed' as const, before, after })
const follows = (before: string, after: string, ...renames: (readonly [string, string])[]) =>
  onlyFollows(renames.map(([from, to]) => renamed(from, to)))({ kind: 'definition_changed', before, after })

describe('the text of a view follows', () => {
  test.each([
    ['a table', 'SELECT orders.id FROM s.orders;', 'SELECT bookings.id FROM s.bookings;', ['orders', 'bookings']],
    ['a schema', ' SELECT id\n   FROM s.orders;', ' SELECT id\n   FROM shop.orders;', ['s', 'shop']],
    ['a name in quotes', 'SELECT id FROM s."Old";', 'SELECT id FROM s.new;', ['Old', 'new']],
    ['a name that needs quotes now', 'SELECT id FROM s.old;', 'SELECT id FROM s."a ""b""";', ['old', 'a "b"']],
    [
      'a column that readers see as before',
      'SELECT total FROM s.o;',
      'SELECT sum AS total FROM s.o;',
      ['total', 'sum'],
    ],
    ['a column that has their name now', 'SELECT total AS sum FROM s.o;', 'SELECT sum FROM s.o;', ['total', 'sum']],
    ['its own column', 'SELECT total FROM s.o;', 'SELECT total AS sum FROM s.o;', ['total', 'sum']],
    ['a table read twice', 'SELECT o.a, o_1.b FROM s.o, s.o o_1;', 'SELECT p.a, p_1.b FROM s.p, s.p p_1;', ['o', 'p']],
    ['a sequence', "nextval('a.t_id_seq'::regclass)", "nextval('b.t_id_seq'::regclass)", ['a', 'b']],
  ] as const)('%s', (_what, before, after, rename) => {
    expect(follows(before, after, rename)).toBe(true)
    expect(follows(before, after)).toBe(false)
    expect(follows(before, after, ['other', 'name'])).toBe(false)
    expect(follows(before, `${after.replace(/;$/, '')} WHERE true;`, rename)).toBe(false)
  })

  test('several renames at once', () => {
    const before = 'SELECT o.total, o.id FROM s.o WHERE (o.total > 0);'
    const after = 'SELECT p.sum AS total, p.id FROM s.p WHERE (p.sum > 0);'
    expect(follows(before, after, ['total', 'sum'], ['o', 'p'])).toBe(true)
    expect(follows(before, after, ['total', 'sum'])).toBe(false)
  })

  test('and nothing else: values, words and other names are changes of their own', () => {
    expect(follows("WHERE state = 'old'", "WHERE state = 'new'", ['old', 'new'])).toBe(false)
    expect(follows('SELECT a AS total', 'SELECT a AS sum', ['x', 'sum'])).toBe(false)
    expect(follows('SELECT max(a) FROM t', 'SELECT min(a) FROM t', ['t', 'u'])).toBe(false)
    expect(follows('SELECT a FROM old', 'SELECT a, b FROM new', ['old', 'new'])).toBe(false)
    expect(follows('SELECT "AS" FROM t', 'SELECT b FROM t', ['AS', 'b'])).toBe(true)
  })
})

test('only texts can follow, and only renames are followed', () => {
  const follow = onlyFollows([renamed('o', 'p'), { kind: 'comment_changed', before: 'c', after: 'd' }])
  expect(follow({ kind: 'type_changed', before: 'o', after: 'p' })).toBe(false)
  expect(follow({ kind: 'default_changed', before: 'c', after: 'd' })).toBe(false)
  expect(follow({ kind: 'default_changed', before: null, after: 'p' })).toBe(false)
  expect(follow({ kind: 'generation_changed', before: 'always as ((o * 2))', after: 'always as ((p * 2))' })).toBe(true)
})
