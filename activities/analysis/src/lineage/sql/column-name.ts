import { foldIdentifier, type SqlDialect } from './dialect.ts'
import { childrenOf, identifierOf, identsOf, isNode, isQuery, type Ident, type Tree, type TreeNode } from './tree.ts'

/** What a select item without an alias is called. */
export interface ItemName {
  /** Null: the database makes one up. */
  name: string | null
  /** Whether it is that of a column or a field, and not of a function or a construct. */
  isOwn: boolean
}

const noName: ItemName = { name: null, isOwn: false }

/** A column or a field keeps its name. PostgreSQL also has rules for everything else. */
export function itemName(expression: Tree, dialect: SqlDialect): ItemName {
  if (dialect === 'postgres') return postgresName(expression)
  const ident = lastIdent(isNode(expression) && expression['Nested'] ? innermost(expression) : expression)
  return ident ? own(foldIdentifier(dialect, ident)) : noName
}

const own = (name: string): ItemName => ({ name, isOwn: true })
const called = (name: string | null): ItemName => ({ name, isOwn: false })

function innermost(tree: Tree): Tree {
  const inner = isNode(tree) ? tree['Nested'] : null
  return inner ? innermost(inner) : tree
}

/** The identifier at the end of a path. */
export function lastIdent(tree: Tree): Ident | null {
  if (!isNode(tree)) return null
  const direct = identifierOf(tree) ?? identsOf(tree['CompoundIdentifier']).at(-1)
  if (direct) return direct
  const access = tree['CompoundFieldAccess']
  const last = isNode(access) ? childrenOf(access['access_chain']).at(-1) : null
  return isNode(last) ? identifierOf(last['Dot']) : null
}

/** Constructs that PostgreSQL names by themselves (`FigureColname` in its parse_target.c). */
const constructs = new Map(
  Object.entries({
    Array: 'array',
    Tuple: 'row',
    Exists: 'exists',
    Extract: 'extract',
    Substring: 'substring',
    Trim: 'btrim',
    Position: 'position',
    Overlay: 'overlay',
    AtTimeZone: 'timezone',
    Ceil: 'ceil',
    Floor: 'floor',
  }),
)

/** The names of types as its catalog has them, by those that the parser gives. */
const types = new Map(
  Object.entries({
    Int: 'int4',
    Integer: 'int4',
    BigInt: 'int8',
    SmallInt: 'int2',
    Boolean: 'bool',
    Real: 'float4',
    DoublePrecision: 'float8',
    Decimal: 'numeric',
    CharacterVarying: 'varchar',
    Character: 'bpchar',
    Char: 'bpchar',
  }),
)

function postgresName(tree: Tree): ItemName {
  if (!isNode(tree)) return noName
  const ident = lastIdent(tree)
  if (ident) return own(foldIdentifier('postgres', ident))
  const [tag = ''] = Object.keys(tree)
  const content = tree[tag]
  if (tag === 'Nested') return postgresName(content)
  if (tag === 'Subquery') return nameOfQuery(content)
  const construct = constructs.get(tag)
  if (construct !== undefined || !isNode(content)) return called(construct ?? null)
  if (tag === 'Function') {
    const last = identifierOf(childrenOf(content['name']).at(-1))
    return called(last ? foldIdentifier('postgres', last) : null)
  }
  if (tag === 'CompoundFieldAccess') return postgresName(content['root'])
  if (tag === 'Collate') return postgresName(content['expr'])
  if (tag === 'Case') return nameOfCase(content)
  return tag === 'Cast' || tag === 'TypedString' ? nameOfCast(content) : noName
}

/** `CASE … ELSE x END` is called `x`. */
function nameOfCase(content: TreeNode): ItemName {
  const otherwise = postgresName(content['else_result'])
  return called(isWeak(otherwise) ? 'case' : otherwise.name)
}

/** What is cast keeps its name, else has that of the type. */
function nameOfCast({ expr, data_type: type }: TreeNode): ItemName {
  const inner = postgresName(expr)
  if (!isWeak(inner)) return inner
  const [kind = ''] = typeof type === 'string' ? [type] : isNode(type) ? Object.keys(type) : []
  return called(types.get(kind) ?? kind.toLowerCase())
}

const isWeak = ({ name }: ItemName): boolean => name === null || name === 'case'

/** A subquery has the name of its column. */
function nameOfQuery(query: Tree): ItemName {
  const [item] = isQuery(query) ? (query.body.Select?.projection ?? []) : []
  const alias = item?.ExprWithAlias?.alias
  const { name } = alias ? own(foldIdentifier('postgres', alias)) : postgresName(item?.UnnamedExpr)
  return called(name)
}
