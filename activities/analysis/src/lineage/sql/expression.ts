import { lastIdent } from './column-name.ts'
import { foldIdentifier, unitPosition } from './dialect.ts'
import { eitherOf, fieldOf, influencedBy, nothing, together, type Provenance } from './provenance.ts'
import { closed, type Rows } from './relation.ts'
import type { Resolution } from './resolution.ts'
import { emptyScope, relationAt, resolveName, resolvePath, rowAsValue, starOf, wholeOf, type Scope } from './scope.ts'
import { childrenOf, identifierOf, identsOf, isNode, isQuery, type Tree, type TreeNode } from './tree.ts'

type Read = (tree: Tree) => Provenance

/** The columns whose values an expression is made of; conditions within it count, the rows of `EXISTS` do not. */
export function provenanceOf(tree: Tree, scope: Scope, resolution: Resolution): Provenance {
  const read: Read = (inner) => provenanceOf(inner, scope, resolution)
  if (Array.isArray(tree)) return allOf(tree, read)
  if (!isNode(tree)) return nothing
  const [tag, content] = tagOf(tree)
  const form = forms[tag]
  return form ? form(content, { read, scope, resolution }) : allWithin(tree, { read, scope, resolution })
}

export interface Reading {
  read: Read
  scope: Scope
  resolution: Resolution
}
type Form = (content: Tree, reading: Reading) => Provenance

const forms: Record<string, Form> = {
  Identifier: (content, { scope, resolution }) => nameIn(identsOf([content]), scope, resolution),
  CompoundIdentifier: (content, { scope, resolution }) => nameIn(identsOf(content), scope, resolution),
  CompoundFieldAccess: fieldAccess,
  Nested: (content, { read }) => read(content),
  Subquery: queryValue,
  Cast: (content, { read }) => read(isNode(content) ? content['expr'] : null),
  Convert: converted,
  Case: (content, { read }) => {
    if (!isNode(content)) return nothing
    const branches = childrenOf(content['conditions']).filter(isNode)
    const results = [...branches.map((branch) => branch['result']), content['else_result']].map(read)
    return influencedBy(
      eitherOf(results),
      allOf([content['operand'], ...branches.map((branch) => branch['condition'])], read),
    )
  },
  Array: (content, { read }) => eitherOf(childrenOf(isNode(content) ? content['elem'] : null).map(read)),
  Struct: structure,
  Function: call,
  Lambda: lambda,
  Exists: (content, reading) => {
    // Whether a row exists is decided by columns, but no value of it flows.
    reading.resolution.indirect.push(...queryValue(isNode(content) ? content['subquery'] : null, reading).origins)
    return nothing
  },
  Value: placeholder,
  TypedString: () => nothing,
  QualifiedWildcard: (content, { scope, resolution }) => wholeRelation(content, scope, resolution),
}

const tagOf = (node: TreeNode): readonly [string, Tree] => {
  for (const tag in node) return [tag, node[tag]]
  return ['', null]
}

/** Parts of a node that are no expressions. */
const notRead = new Set(['data_type', 'span', 'fields', 'window_name', 'collation', 'op', 'alias'])

function allWithin(node: TreeNode, reading: Reading): Provenance {
  const parts: Provenance[] = []
  for (const key in node) {
    const part = node[key]
    if (typeof part !== 'object' || part === null || notRead.has(key)) continue
    parts.push(key === 'subquery' ? queryValue(part, reading) : reading.read(part))
  }
  return parts.length === 0 ? nothing : together(parts)
}

function queryValue(content: Tree, { read, scope, resolution }: Reading): Provenance {
  return isQuery(content) ? valueOfQuery(resolution.query(content, scope)) : read(content)
}

function allOf(trees: readonly Tree[], read: Read): Provenance {
  const parts = trees.flatMap((tree) => (typeof tree === 'object' && tree !== null ? [read(tree)] : []))
  return parts.length === 0 ? nothing : together(parts)
}

function nameIn(
  idents: readonly { value: string; quote_style?: string | null }[],
  scope: Scope,
  resolution: Resolution,
) {
  const { session } = resolution
  const path = idents.map((ident) => foldIdentifier(session.dialect, ident))
  // BigQuery: one pair of backticks may hold the whole name of a table.
  return resolvePath(session.dialect === 'bigquery' ? path.flatMap((part) => part.split('.')) : path, scope, session)
}

/** The value of a subquery: its one column, or a structure of several. */
export function valueOfQuery({ columns, stars, structure: isStructure }: Rows): Provenance {
  const [first] = columns
  if (first && columns.length === 1 && stars.length === 0 && !isStructure) return first.provenance
  const { origins } = together([...columns.map(({ provenance }) => provenance), { origins: stars }])
  return { origins, fields: new Map(columns.map(({ name, provenance }) => [name.toLowerCase(), provenance] as const)) }
}

/** Snowflake's `:v`, a variable, and `$2`, the second column of what is read, whatever its name; of a staged file its second field. */
function placeholder(content: Tree, { scope, resolution: { session } }: Reading): Provenance {
  const value = isNode(content) && isNode(content['value']) ? content['value']['Placeholder'] : null
  if (session.dialect !== 'snowflake' || typeof value !== 'string') return nothing
  const position = /^\$(\d+)$/.exec(value)
  if (!position) return rowAsValue(value.slice(1), session)
  const [relation] = scope.relations
  const column = relation?.columns[Number(position[1]) - 1]
  return column?.provenance ?? relation?.open?.(position[0]) ?? nothing
}

/** `a.b[0].c`, `(row).field`: names up to the first subscript are one path, because `a` may be a table. */
function fieldAccess(content: Tree, { read, scope, resolution }: Reading): Provenance {
  if (!isNode(content)) return nothing
  const chain = childrenOf(content['access_chain']).filter(isNode)
  const inner = isNode(content['root']) ? (content['root']['Nested'] ?? content['root']) : null
  const root = identifierOf(inner)
  const compound = isNode(inner) ? identsOf(inner['CompoundIdentifier']) : []
  const path = root ? [root] : [...compound]
  let next = 0
  for (; path.length > 0 && next < chain.length; next++) {
    const name = identifierOf(chain[next]?.['Dot'])
    if (!name) break
    path.push(name)
  }
  const start = path.length > 0 ? nameIn(path, scope, resolution) : read(content['root'])
  return chain.slice(next).reduce((value, step) => {
    const name = identifierOf(step['Dot'])
    if (name) return fieldOf(value, name.value)
    return influencedBy(value, allOf([step['Subscript'] ?? step['Dot']], read))
  }, start)
}

/** MySQL's `CONVERT(a, CHAR)`, and SQL Server's `CONVERT(date, a)`, whose column is where the parser looks for a type. */
function converted(content: Tree, { read, scope, resolution }: Reading): Provenance {
  if (!isNode(content)) return nothing
  const { expr, data_type: type } = content
  const isType = typeWords.has(identifierOf(expr)?.value.toLowerCase() ?? '')
  const parts = isType && isNode(type) ? childrenOf(childrenOf(type['Custom'])[0]) : []
  const names = parts.flatMap((part) => identifierOf(part) ?? [])
  return names.length > 0 ? nameIn(names, scope, resolution) : read(expr)
}
const typeWords = new Set(
  'bit tinyint smallint int integer bigint float real decimal numeric money date datetime datetime2 smalldatetime time text'.split(
    ' ',
  ),
)

/** `STRUCT(a AS x, b)`, `STRUCT<x INT64>(a)`. */
function structure(content: Tree, { read }: Reading): Provenance {
  if (!isNode(content)) return nothing
  const declared = childrenOf(content['fields']).map(
    (field) => identsOf(isNode(field) ? [field['field_name']] : [])[0]?.value,
  )
  const fields = new Map<string, Provenance>()
  childrenOf(content['values']).forEach((value, index) => {
    const named = isNode(value) && isNode(value['Named']) ? value['Named'] : null
    const expression = named ? named['expr'] : value
    const name = identsOf([named?.['name']])[0]?.value ?? declared[index] ?? lastIdent(expression)?.value ?? `_${index}`
    fields.set(name.toLowerCase(), read(expression))
  })
  return { origins: together([...fields.values(), nothing]).origins, fields }
}

/** Functions that give back one of the values they are given, or an array of them: a structure stays one. */
const keepsStructure = new Set(
  (
    'array_agg any_value first_value last_value nth_value lag lead min max min_by max_by array_concat array_concat_agg array_reverse ' +
    'array_first array_last array_slice coalesce ifnull nvl nullif if iff array unnest'
  ).split(' '),
)

function call(content: Tree, reading: Reading): Provenance {
  const { read, scope } = reading
  if (!isNode(content)) return nothing
  const name = identifierOf(childrenOf(content['name']).at(-1))?.value.toLowerCase() ?? ''
  const list = isNode(content['args']) ? content['args'] : {}
  const given = childrenOf(isNode(list['List']) ? list['List']['args'] : null)
  const values = isQuery(list['Subquery']) ? [queryValue(list['Subquery'], reading)] : argumentsOf(name, given, reading)
  const value = values.length === 0 ? nothing : keepsStructure.has(name) ? eitherOf(values) : together(values)
  const clauses = isNode(list['List']) ? list['List']['clauses'] : null
  const decides = [content['filter'], content['within_group'], clauses, windowOf(content['over'], scope)]
  return influencedBy(value, allOf(decides, read))
}

/** The values that a call is given, also by name. */
export function argumentsOf(functionName: string, args: readonly Tree[], reading: Reading): Provenance[] {
  const words = args.map(bareWord)
  const unit = unitPosition(functionName, words, reading.resolution.session.dialect)
  const isUnit = (index: number) => index === unit && !isKnown(words[index] ?? '', reading.scope)
  return args.map((arg, index) => (isUnit(index) ? nothing : argument(arg, reading, functionName)))
}

function bareWord(arg: Tree): string | null {
  const given = isNode(arg) ? arg['Unnamed'] : null
  const expression = isNode(given) ? given['Expr'] : null
  const value = isNode(expression) && isNode(expression['Value']) ? expression['Value']['value'] : null
  if (isNode(value) && typeof value['SingleQuotedString'] === 'string') return `'${value['SingleQuotedString']}'`
  return identifierOf(expression)?.value ?? null
}

function argument(tree: Tree, reading: Reading, functionName: string): Provenance {
  if (!isNode(tree)) return nothing
  const { read, scope, resolution } = reading
  const [tag, content] = tagOf(tree)
  const given = tag === 'Unnamed' ? content : isNode(content) ? content['arg'] : null
  if (given === 'Wildcard') return functionName === 'count' ? nothing : valueOfQuery(starOf(scope))
  if (!isNode(given)) return nothing
  if ('QualifiedWildcard' in given) {
    return functionName === 'count' ? nothing : wholeRelation(given['QualifiedWildcard'], scope, resolution)
  }
  const expression = given['Expr']
  const arrow = resolution.session.dialect === 'generic' && isNode(expression) ? expression['BinaryOp'] : null
  if (isNode(arrow) && arrow['op'] === 'Arrow' && takesLambda.has(functionName)) return arrowLambda(arrow, reading)
  return read(expression)
}

/** Functions of which an argument is `x -> …`, which is elsewhere the field of a document. */
const takesLambda = new Set(
  (
    'transform filter exists forall aggregate reduce any_match all_match none_match zip_with map_filter map_zip_with array_sort ' +
    'transform_keys transform_values list_transform list_filter list_reduce arraymap arrayfilter arrayexists'
  ).split(' '),
)

function arrowLambda({ left = null, right }: TreeNode, reading: Reading): Provenance {
  const names = [left, ...childrenOf(isNode(left) ? left['Tuple'] : null)].flatMap((tree) => identifierOf(tree) ?? [])
  const parameters = names.map(({ value }) => ({ name: { value } }))
  return lambda({ params: { Many: parameters }, body: right }, reading)
}

const isKnown = (name: string, scope: Scope): boolean =>
  scope.relations.some(({ columns }) => columns.some((column) => column.name.toLowerCase() === name.toLowerCase()))

function wholeRelation(name: Tree, scope: Scope, { session }: Resolution): Provenance {
  const path = childrenOf(name).flatMap((part) => identifierOf(part)?.value ?? [])
  const relation = relationAt([...path, '*'], scope)?.relation
  return relation ? wholeOf(relation) : resolveName(path[0] ?? '', scope, session)
}

/** `OVER w` and `OVER (w ORDER BY …)` take over what `WINDOW w AS (…)` says. */
function windowOf(over: Tree, scope: Scope): Tree {
  if (!isNode(over)) return null
  const named = identsOf([over['NamedWindow']])[0]
  if (named) return windowNamed(named.value, scope)
  const spec = over['WindowSpec']
  const base = isNode(spec) ? identsOf([spec['window_name']])[0] : undefined
  return base ? [spec, windowNamed(base.value, scope)] : spec
}

function windowNamed(name: string, scope: Scope): Tree {
  const key = name.toLowerCase()
  const definition = scope.windows.get(key)
  // A window is made of others than itself.
  const others = new Map([...scope.windows].filter(([other]) => other !== key))
  return definition === undefined ? null : windowOf(definition, { ...scope, windows: others })
}

/** `x -> f(x, a)`: the parameters hide columns of their names. */
function lambda(content: Tree, { scope, resolution }: Reading): Provenance {
  if (!isNode(content)) return nothing
  const given = isNode(content['params']) ? content['params'] : {}
  const declared = [given['One'], ...childrenOf(given['Many'])].filter(isNode)
  const names = identsOf(declared.map((parameter) => parameter['name']))
  const parameters = closed(names.map(({ value }) => ({ name: value, provenance: nothing })))
  const inner: Scope = { ...emptyScope, relations: [{ ...parameters, alias: null }], parent: scope }
  return provenanceOf(content['body'], inner, resolution)
}
