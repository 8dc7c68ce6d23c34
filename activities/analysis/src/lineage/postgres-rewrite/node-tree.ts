import { NodeTreeError } from './node-tree-error.ts'

/** A node of Postgres' own trees as `nodeToString` writes it: `{VAR :varno 1 :varattno 3}`. */
export interface TreeNode {
  /** In capitals: `QUERY`, `VAR`. */
  tag: string
  fields: Map<string, TreeValue>
}

/** Scalars stay text: only whoever reads a field knows whether it is a number, an oid or a name. Null is `<>`. */
export type TreeValue = TreeNode | TreeValue[] | string | null

export const isNode = (value: TreeValue | undefined): value is TreeNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is open while reading: a list, or a node and the field whose value comes next. */
type Open =
  | { kind: 'list'; items: TreeValue[]; start: number }
  | { kind: 'node'; node: TreeNode; start: number; field: string | null }

/**
 * Reads a `pg_node_tree`. Takes time linear in the text and no stack, however deep the tree is.
 * @throws NodeTreeError with the position of what is wrong
 */
export function parseNodeTree(text: string): TreeValue {
  return new TreeReader(text).read()
}

class TreeReader {
  readonly #text: string
  readonly #open: Open[] = []
  #at = 0
  #result: TreeValue | undefined

  constructor(text: string) {
    this.#text = text
  }

  read(): TreeValue {
    for (let start = this.#skipSpace(); start < this.#text.length; start = this.#skipSpace()) {
      if (this.#result !== undefined) throw new NodeTreeError('the tree goes on after its end', start)
      this.#take(start)
    }
    const unclosed = this.#open.at(-1)
    if (unclosed !== undefined)
      throw new NodeTreeError(`the ${unclosed.kind} is not closed that begins`, unclosed.start)
    if (this.#result === undefined) throw new NodeTreeError('the tree is empty', this.#at)
    return this.#result
  }

  #take(start: number): void {
    switch (this.#text.charAt(start)) {
      case '(':
        this.#at += 1
        this.#open.push({ kind: 'list', items: [], start })
        break
      case '{':
        this.#at += 1
        this.#open.push({ kind: 'node', node: { tag: this.#tag(), fields: new Map() }, start, field: null })
        break
      case ')':
        this.#close('list', start)
        break
      case '}':
        this.#close('node', start)
        break
      default:
        this.#scalar(this.#token(), start)
    }
  }

  #close(kind: Open['kind'], start: number): void {
    this.#at += 1
    const open = this.#open.pop()
    if (open?.kind !== kind) throw new NodeTreeError(`nothing is open that '${this.#text[start]}' could close`, start)
    if (open.kind === 'list') return this.#put(open.items, start)
    if (open.field !== null) throw new NodeTreeError(`the field ${open.field} has no value`, start)
    this.#put(open.node, start)
  }

  #scalar(token: string, start: number): void {
    const open = this.#open.at(-1)
    if (open?.kind === 'list') {
      // Lists of numbers say first of what: i for integers, o for oids, x for transactions, b for a set.
      const isMark = open.items.length === 0 && this.#text[open.start + 1] === token && /^[ioxb]$/.test(token)
      if (!isMark) open.items.push(scalarOf(token))
    } else if (open?.kind === 'node' && open.field === null && token.startsWith(':')) {
      open.field = token.slice(1)
    } else if (token === '[' && open?.kind === 'node') {
      this.#skipBytes(start)
    } else {
      this.#put(scalarOf(token), start)
    }
  }

  /** Puts a finished value where it belongs. A name may begin with a colon, so what follows a label is always its value. */
  #put(value: TreeValue, start: number): void {
    const open = this.#open.at(-1)
    if (open === undefined) {
      this.#result = value
    } else if (open.kind === 'list') {
      open.items.push(value)
    } else if (open.field === null) {
      throw new NodeTreeError(`a value without a field in ${open.node.tag}`, start)
    } else {
      open.node.fields.set(open.field, value)
      open.field = null
    }
  }

  /** The bytes of a constant, `4 [ 1 0 0 0 ]`, say nothing about where data comes from. */
  #skipBytes(start: number): void {
    const end = this.#text.indexOf(']', start)
    if (end === -1) throw new NodeTreeError('the bytes of a constant do not end', start)
    this.#at = end + 1
  }

  #tag(): string {
    const start = this.#skipSpace()
    const tag = this.#token()
    if (!/^[A-Z][A-Z_0-9]*$/.test(tag)) throw new NodeTreeError('a node without a name', start)
    return tag
  }

  #skipSpace(): number {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1
    return this.#at
  }

  /** As it stands, with its quotes and backslashes: they tell a name `<>` from no value. */
  #token(): string {
    const start = this.#at
    let code = this.#text.charCodeAt(this.#at)
    while (!Number.isNaN(code) && !isSpace(code) && !isBracket(code)) {
      this.#at += code === backslash ? 2 : 1
      code = this.#text.charCodeAt(this.#at)
    }
    if (this.#at > this.#text.length) throw new NodeTreeError('the text ends in an escape', start)
    return this.#text.slice(start, this.#at)
  }
}

const backslash = 0x5c
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x09
/** ( ) { } */
const isBracket = (code: number) => code === 0x28 || code === 0x29 || code === 0x7b || code === 0x7d

function scalarOf(token: string): string | null {
  if (token === '<>') return null
  const bare = token.length > 1 && token.startsWith('"') && token.endsWith('"') ? token.slice(1, -1) : token
  return bare.includes('\\') ? bare.replaceAll(/\\([^])/g, '$1') : bare
}
