/**
 * The tree of sqlparser-rs as its JSON has it; the declarations that come with the package describe an older one. Only what is read
 * is declared; an expression has some ninety forms and is walked by its tags.
 */
export type Tree = string | number | boolean | null | undefined | readonly Tree[] | TreeNode
export interface TreeNode {
  readonly [key: string]: Tree
}

export interface Ident {
  value: string
  quote_style?: string | null
}

export type NamePart = { Identifier: Ident } | { Function: { name: Ident; args: Tree } }
export type ObjectName = readonly NamePart[]

export interface TableAlias {
  name: Ident
  columns?: readonly { name: Ident }[]
}

export interface Query {
  with?: { recursive: boolean; cte_tables: readonly Cte[] } | null
  body: SetExpr
  order_by?: { kind: Tree } | null
}

export interface Cte {
  alias: TableAlias
  query: Query
}

/** One of the keys is there. */
export interface SetExpr {
  Select?: Select
  Query?: Query
  SetOperation?: { op: string; set_quantifier: string; left: SetExpr; right: SetExpr }
  Values?: { rows: readonly { content: readonly Tree[] }[] }
  Table?: { table_name: string | null; schema_name?: string | null }
  Insert?: Statement
  Update?: Statement
  Delete?: Statement
  Merge?: Statement
}

export interface Select {
  /** Where the word stands in what was parsed, from 1. */
  select_token?: { span?: { start: { line: number; column: number } } }
  projection: readonly SelectItem[]
  into?: { temporary: boolean; name: ObjectName } | null
  from: readonly TableWithJoins[]
  lateral_views?: readonly { lateral_view: Tree; lateral_view_name: ObjectName; lateral_col_alias: readonly Ident[] }[]
  prewhere?: Tree
  selection?: Tree
  connect_by?: Tree
  group_by?: Tree
  having?: Tree
  named_window?: readonly (readonly [Ident, Tree])[]
  qualify?: Tree
  distinct?: Tree
  value_table_mode?: string | null
}

export interface SelectItem {
  UnnamedExpr?: Tree
  ExprWithAlias?: { expr: Tree; alias: Ident }
  ExprWithAliases?: { expr: Tree; aliases: readonly Ident[] }
  Wildcard?: StarOptions
  QualifiedWildcard?: readonly [{ ObjectName?: ObjectName; Expr?: Tree }, StarOptions]
}

export interface StarOptions {
  opt_ilike?: { pattern: string } | null
  opt_exclude?: { Single?: ObjectName; Multiple?: readonly ObjectName[] } | null
  opt_except?: { first_element: Ident; additional_elements: readonly Ident[] } | null
  opt_replace?: { items: readonly { expr: Tree; column_name: Ident }[] } | null
  opt_rename?: { Single?: Renamed; Multiple?: readonly Renamed[] } | null
}
export interface Renamed {
  ident: Ident
  alias: Ident
}

export interface TableWithJoins {
  relation: TableFactor
  joins: readonly { relation: TableFactor; join_operator: Tree }[]
}

/** One of the keys is there. */
export interface TableFactor {
  Table?: {
    name: ObjectName
    alias?: TableAlias | null
    args?: { args: readonly Tree[] } | null
    with_ordinality?: boolean
  }
  Derived?: { lateral: boolean; subquery: Query; alias?: TableAlias | null }
  TableFunction?: { expr: Tree; alias?: TableAlias | null }
  Function?: { name: ObjectName; args: readonly Tree[]; alias?: TableAlias | null; with_ordinality?: boolean }
  UNNEST?: {
    alias?: TableAlias | null
    array_exprs: readonly Tree[]
    with_offset?: boolean
    with_offset_alias?: Ident | null
    with_ordinality?: boolean
  }
  NestedJoin?: { table_with_joins: TableWithJoins; alias?: TableAlias | null }
  Pivot?: Pivot
  Unpivot?: Unpivot
  MatchRecognize?: {
    table: TableFactor
    partition_by: readonly Tree[]
    order_by: readonly Tree[]
    measures: readonly { expr: Tree; alias: Ident }[]
    rows_per_match?: Tree
    pattern: Tree
    alias?: TableAlias | null
  }
  JsonTable?: { json_expr: Tree } & DeclaredTable
  XmlTable?: { passing: Tree } & DeclaredTable
  SemanticView?: { name: ObjectName; alias?: TableAlias | null; where_clause?: Tree }
}

/** A table function that says itself which columns it gives. */
export interface DeclaredTable {
  alias?: TableAlias | null
  columns: readonly Tree[]
}

export interface Aliased {
  expr: Tree
  alias?: Ident | null
}
export interface Pivot {
  table: TableFactor
  aggregate_functions: readonly Aliased[]
  value_column: readonly Tree[]
  value_source: { List?: readonly Aliased[]; Subquery?: Query }
  alias?: TableAlias | null
}
export interface Unpivot {
  table: TableFactor
  value: Tree
  name: Ident
  columns: readonly Aliased[]
  alias?: TableAlias | null
}

export interface Assignment {
  target: { ColumnName?: ObjectName; Tuple?: readonly ObjectName[] }
  value: Tree
}

export interface InsertInto {
  table_name: ObjectName
  columns?: readonly Ident[]
  values?: { values: readonly { Expr?: Tree }[] } | null
}

export interface Insert {
  table: { TableName?: ObjectName; TableFunction?: Tree; TableQuery?: Query }
  table_alias?: { alias: Ident } | null
  columns: readonly ObjectName[]
  source?: Query | null
  assignments?: readonly Assignment[]
  returning?: readonly SelectItem[] | null
  on?: { OnConflict?: { action: { DoUpdate?: { assignments: readonly Assignment[]; selection?: Tree } } } } | null
  multi_table_into_clauses?: readonly InsertInto[]
  multi_table_when_clauses?: readonly { condition: Tree; into_clauses: readonly InsertInto[] }[]
  multi_table_else_clause?: readonly InsertInto[] | null
}

export interface Update {
  table: TableWithJoins
  assignments: readonly Assignment[]
  from?: { BeforeSet?: readonly TableWithJoins[]; AfterSet?: readonly TableWithJoins[] } | null
  selection?: Tree
  returning?: readonly SelectItem[] | null
}

export interface Delete {
  tables?: readonly ObjectName[]
  from: { WithFromKeyword?: readonly TableWithJoins[]; WithoutKeyword?: readonly TableWithJoins[] }
  using?: readonly TableWithJoins[] | null
  selection?: Tree
  returning?: readonly SelectItem[] | null
}

export interface MergeClause {
  predicate?: Tree
  action: {
    Update?: { assignments: readonly Assignment[] }
    Insert?: {
      columns: readonly ObjectName[]
      kind: 'Row' | { Values: { rows: readonly { content: readonly Tree[] }[] } }
    }
  }
}
export interface Merge {
  table: TableFactor
  source: TableFactor
  on: Tree
  clauses: readonly MergeClause[]
  output?: { Returning?: { select_items: readonly SelectItem[] } } | null
}

/** In a MERGE that was written anew: the column that stands for all, by their names. No table has one that is called so. */
export const allColumns = '*'

export interface CreateTable {
  name: ObjectName
  temporary?: boolean
  columns: readonly { name: Ident }[]
  query?: Query | null
  clone?: ObjectName | null
  like?: { Plain?: { name: ObjectName }; Parenthesized?: { name: ObjectName } } | null
  partition_of?: ObjectName | null
  inherits?: readonly ObjectName[] | null
}

export interface CopyInto {
  kind: 'Table' | 'Location'
  into: ObjectName
  into_columns?: readonly Ident[] | null
  from_obj?: ObjectName | null
  from_query?: Query | null
}

/** One of the keys is there; of a statement that moves no data it is one that is not declared. */
export interface Statement {
  Query?: Query
  Insert?: Insert
  Update?: Update
  Delete?: Delete
  Merge?: Merge
  CreateTable?: CreateTable
  CreateView?: {
    name: ObjectName
    to?: ObjectName | null
    temporary?: boolean
    columns: readonly { name: Ident }[]
    query: Query
  }
  AlterView?: { name: ObjectName; columns: readonly Ident[]; query: Query }
  Cache?: { table_name: ObjectName; query?: Query | null }
  Directory?: { source: Query }
  Copy?: { source: { Table?: { table_name: ObjectName }; Query?: Query }; to: boolean }
  CopyIntoSnowflake?: CopyInto
  AlterTable?: {
    name: ObjectName
    operations: readonly {
      RenameTable?: { table_name: { To?: ObjectName; As?: ObjectName } }
      SwapWith?: { table_name: ObjectName }
    }[]
  }
  Drop?: { object_type: string; names: readonly ObjectName[] }
  Truncate?: { table_names: readonly { name: ObjectName }[] }
  Prepare?: { statement: Statement }
  ExportData?: { query: Query }
  Declare?: { stmts: readonly { names: readonly Ident[]; assignment?: Tree; for_query?: Query | null }[] }
  Set?: Tree
  Assert?: { condition: Tree }
  Call?: Tree
  Execute?: { immediate?: boolean; parameters: readonly Tree[] }
  Use?: { Database?: ObjectName; Schema?: ObjectName; Object?: ObjectName; Catalog?: ObjectName }
}

export const isNode = (tree: Tree): tree is TreeNode =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree)

/** Whether an embedded tree is a query: where an expression has one, its body says so. */
export const isQuery = (tree: Tree): tree is Tree & Query => isNode(tree) && isNode(tree['body']) && 'order_by' in tree

const isIdent = (tree: Tree): tree is Tree & Ident => isNode(tree) && typeof tree['value'] === 'string'

/** The identifier of an `Identifier` node. */
export function identifierOf(tree: Tree): Ident | null {
  const ident = isNode(tree) ? tree['Identifier'] : undefined
  return isIdent(ident) ? ident : null
}

export const identsOf = (tree: Tree): Ident[] => (Array.isArray(tree) ? tree.filter(isIdent) : [])
export const childrenOf = (tree: Tree): readonly Tree[] => (Array.isArray(tree) ? tree : [])
