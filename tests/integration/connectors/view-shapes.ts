/** A view, and where each of its columns comes from: `column: table.column table.column`, in the view's order. */
export interface ViewShape {
  shape: string
  sql: string
  flow: Record<string, string>
  /** What else is touched, beyond what flows: only to join, filter, group or order. */
  alsoReads?: string
  /** The first version of Postgres that takes it; 12 when left out. */
  since?: number
}

export const viewTables = `
create table a (id int primary key, gone int, x int, y text, z int[]);
alter table a drop column gone;
create table b (id int primary key, a_id int, v numeric, w text);
create table c (id int, parent int, label text);
create view base as select id as key, x + 1 as more, y from a;
create function twice(int) returns int language sql immutable as 'select $1 * 2';
create type pair as (l int, r text);
create function pairs(int, text) returns setof pair language sql as 'select $1, $2';`

export const viewShapes: ViewShape[] = [
  { shape: 'columns, renamed', sql: 'select id, x as renamed from a', flow: { id: 'a.id', renamed: 'a.x' } },
  {
    shape: 'a star beside a dropped column',
    sql: 'select * from a',
    flow: { id: 'a.id', x: 'a.x', y: 'a.y', z: 'a.z' },
  },
  {
    shape: 'expressions and constants',
    sql: `select x + id as sum, 'k' as constant, coalesce(y, 'none') || id as joined, z[x] as element from a`,
    flow: { sum: 'a.id a.x', constant: '', joined: 'a.id a.y', element: 'a.x a.z' },
  },
  {
    shape: 'conditions of a case',
    sql: `select case when id > 3 then y when x is null then 'x' end as picked from a`,
    flow: { picked: 'a.id a.x a.y' },
  },
  {
    shape: 'a filter beside the values',
    sql: 'select y from a where x > 3 order by id limit 3',
    flow: { y: 'a.y' },
    alsoReads: 'a.id a.x',
  },
  {
    shape: 'an inner join on columns that are not shown',
    sql: 'select a.y, b.w from a join b on b.a_id = a.id',
    flow: { y: 'a.y', w: 'b.w' },
    alsoReads: 'a.id b.a_id',
  },
  {
    shape: 'a full join using a merged column',
    sql: 'select id, x, v from a full join b using (id)',
    flow: { id: 'a.id b.id', x: 'a.x', v: 'b.v' },
  },
  {
    shape: 'nested joins with names of their own',
    sql: 'select j.id, j.w, j.label from ((a join b using (id)) join c using (id)) as j',
    flow: { id: 'a.id', w: 'b.w', label: 'c.label' },
    alsoReads: 'b.id c.id',
  },
  {
    shape: 'a natural left join, all of it',
    sql: 'select * from (select id, y from a) one natural left join (select id, w from b) two',
    flow: { id: 'a.id', y: 'a.y', w: 'b.w' },
    alsoReads: 'b.id',
  },
  {
    shape: 'a table joined with itself',
    sql: 'select child.label, parent.label as above from c child left join c parent on parent.id = child.parent',
    flow: { label: 'c.label', above: 'c.label' },
    alsoReads: 'c.id c.parent',
  },
  {
    shape: 'nested subqueries',
    sql: 'select s.t * 2 as twice from (select r.x + r.id as t from (select id, x, y from a) r) s',
    flow: { twice: 'a.id a.x' },
    alsoReads: 'a.y',
  },
  {
    shape: 'aggregates with filter and order',
    sql: `select y, count(*) as rows, sum(x) filter (where id > 3) as sum, string_agg(y, ',' order by x) as all
          from a group by y having max(id) > 1`,
    flow: { y: 'a.y', rows: '', sum: 'a.id a.x', all: 'a.x a.y' },
  },
  {
    shape: 'grouping sets over an expression',
    sql: 'select lower(y) as low, x, grouping(x) as g, count(*) as n from a group by grouping sets ((lower(y)), (x))',
    flow: { low: 'a.y', x: 'a.x', g: 'a.x', n: '' },
  },
  {
    shape: 'windows, named and not',
    sql: `select rank() over (partition by y order by x) as place, lag(id) over w as before, sum(x) over () as total
          from a window w as (order by y)`,
    flow: { place: 'a.x a.y', before: 'a.id a.y', total: 'a.x' },
  },
  {
    shape: 'a union of three, in the order of its arms',
    sql: 'select id, y from a union all select a_id, w from b union select id, label from c',
    flow: { id: 'a.id b.a_id c.id', y: 'a.y b.w c.label' },
  },
  {
    shape: 'a difference and an intersection inside of a subquery',
    sql: 'select s.one from (select x as one from a except (select id from b intersect select id from c)) s',
    flow: { one: 'a.x b.id c.id' },
  },
  {
    shape: 'a common table expression used twice',
    sql: 'with s as (select id, x from a) select l.id, r.x from s l join s r on l.id = r.x',
    flow: { id: 'a.id', x: 'a.x' },
  },
  {
    shape: 'common table expressions in each other, one hiding a table',
    sql: `with a as (select id as k from b), n as (with a as (select label as k from c) select k from a)
          select a.k, n.k as other, (with m as (select k from a) select max(k) from m) as most from a, n`,
    flow: { k: 'b.id', other: 'c.label', most: 'b.id' },
  },
  {
    shape: 'a recursive one',
    sql: `with recursive tree (id, path) as (
            select id, label from c where parent is null
            union all
            select c.id, tree.path || '/' || b.w from c join tree on c.parent = tree.id join b on b.id = c.id
          ) select id, path from tree`,
    flow: { id: 'c.id', path: 'b.w c.label' },
    alsoReads: 'b.id c.parent',
  },
  {
    shape: 'a recursive one that keeps its order and finds circles',
    sql: `with recursive tree (id, label) as (
            select id, label from c union all select c.id, tree.label from c join tree on c.parent = tree.id
          ) search depth first by label set ordered cycle id set is_circle using way
          select id, ordered::text, is_circle, way::text from tree`,
    flow: { id: 'c.id', ordered: 'c.id c.label', is_circle: 'c.id c.label', way: 'c.id c.label' },
    alsoReads: 'c.parent',
    since: 14,
  },
  {
    shape: 'values',
    sql: 'select v.n, v.m from a, lateral (values (a.id, 1), (7, a.x)) as v (n, m)',
    flow: { n: 'a.id', m: 'a.x' },
  },
  {
    shape: 'functions that give rows',
    sql: `select u.e, u.nr, g, p.l, p.r from a, unnest(a.z) with ordinality as u (e, nr), generate_series(1, a.x) g,
          lateral pairs(a.id, a.y) p`,
    flow: { e: 'a.z', nr: '', g: 'a.x', l: 'a.id a.y', r: 'a.id a.y' },
  },
  {
    shape: 'rows from several functions',
    sql: 'select r.one, r.two from a, rows from (unnest(a.z), generate_series(1, a.id)) as r (one, two)',
    flow: { one: 'a.z', two: 'a.id' },
  },
  {
    shape: 'a lateral subquery',
    sql: 'select a.y, l.top from a, lateral (select max(b.v) + a.x as top from b where b.a_id = a.id) l',
    flow: { y: 'a.y', top: 'a.x b.v' },
    alsoReads: 'a.id b.a_id',
  },
  {
    shape: 'subqueries as values',
    sql: `select (select max(v) from b where b.a_id = a.id) as most, exists (select from c where c.id = a.x) as there,
          x in (select id from c) as known, array(select w from b order by v) as words from a`,
    flow: { most: 'b.v', there: 'a.x c.id', known: 'a.x c.id', words: 'b.w' },
    alsoReads: 'a.id b.a_id b.v',
  },
  {
    shape: 'a subquery that reaches two levels up',
    sql: 'select (select (select a.y || max(c.label) from c where c.id = b.id) from b limit 1) as far from a',
    flow: { far: 'a.y c.label' },
    alsoReads: 'b.id c.id',
  },
  {
    shape: 'only a filter by another table',
    sql: 'select y from a where exists (select 1 from b where b.a_id = a.id)',
    flow: { y: 'a.y' },
    alsoReads: 'a.id b.a_id',
  },
  {
    shape: 'a table of which only rows are counted',
    sql: 'select count(*) as n from c',
    flow: { n: '' },
    alsoReads: 'c',
  },
  {
    shape: 'whole rows',
    sql: 'select a as row, (b).w as field, to_json(s) as json from a, b, (select id, label from c) s',
    flow: { row: 'a.id a.x a.y a.z', field: 'b.w', json: 'c.id c.label' },
  },
  { shape: 'a view on a view', sql: 'select key, more from base', flow: { key: 'base.key', more: 'base.more' } },
  {
    shape: 'columns the system has',
    sql: 'select ctid::text as place, tableoid::regclass::text as whose, y from a',
    flow: { place: '', whose: '', y: 'a.y' },
  },
  {
    shape: 'rows that are distinct by a column that is not shown',
    sql: 'select distinct on (x) y from a order by x, id desc',
    flow: { y: 'a.y' },
    alsoReads: 'a.id a.x',
  },
  {
    shape: 'a function, a sample and odd names',
    sql: `select twice(x) as "tw""ice", y as ":colon", id as "<>", y as "br{ack}(et) \\ s" from a tablesample system (50)`,
    flow: { 'tw"ice': 'a.x', ':colon': 'a.y', '<>': 'a.id', 'br{ack}(et) \\ s': 'a.y' },
  },
  {
    shape: 'XML as a table',
    sql: `select x.n, x.t from a, xmltable('/r' passing (a.y::xml) columns n int path 'n', t text path 't') x`,
    flow: { n: 'a.y', t: 'a.y' },
  },
]
