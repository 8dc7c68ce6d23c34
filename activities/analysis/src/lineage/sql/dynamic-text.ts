import { childrenOf, identifierOf, isNode, type Tree, type TreeNode } from './tree.ts'

/** Stands in a text for a part that is only known when it runs; a table of this name is none. */
export const unknownPart = 'unknown_part'

/**
 * The text that an expression gives: of literals, variables and what joins them.
 *
 * @returns null when nothing of it is known
 */
export function dynamicText(tree: Tree, variable: (name: string) => string | null): string | null {
  const read = (inner: Tree) => dynamicText(inner, variable)
  if (!isNode(tree)) return null
  const name = identifierOf(tree)
  if (name) return variable(name.value)
  const [tag] = Object.keys(tree)
  const content = tag === undefined ? null : tree[tag]
  if (!isNode(content)) return null
  if (tag === 'Value') return literalText(content, variable)
  if (tag === 'BinaryOp' && content['op'] === 'StringConcat')
    return joined([content['left'], content['right']].map(read))
  if (tag === 'Nested') return read(content)
  if (tag === 'Cast') return read(content['expr'] ?? null)
  return tag === 'Function' ? callText(content, read) : null
}

function literalText(content: TreeNode, variable: (name: string) => string | null): string | null {
  const value = content['value']
  if (!isNode(value)) return null
  const [kind = ''] = Object.keys(value)
  const text = value[kind]
  if (kind === 'Placeholder' && typeof text === 'string') return variable(text.slice(1))
  if (kind === 'Number') return childrenOf(text).find((part) => typeof part === 'string') ?? null
  if (typeof text === 'string') return text
  return isNode(text) && typeof text['value'] === 'string' ? text['value'] : null
}

const joined = (parts: readonly (string | null)[]): string | null =>
  parts.every((part) => part === null) ? null : parts.map((part) => part ?? unknownPart).join('')

function callText(content: TreeNode, read: (tree: Tree) => string | null): string | null {
  const name = identifierOf(childrenOf(content['name']).at(-1))?.value.toLowerCase()
  const list = isNode(content['args']) && isNode(content['args']['List']) ? content['args']['List'] : {}
  const given = childrenOf(list['args']).map((arg) => {
    const unnamed = isNode(arg) ? arg['Unnamed'] : null
    return read(isNode(unnamed) ? (unnamed['Expr'] ?? null) : null)
  })
  if (name === 'concat') return joined(given)
  if (name === 'format') return formatted(given)
  return ['quote_ident', 'quote_literal', 'trim', 'replace'].includes(name ?? '') ? (given[0] ?? null) : null
}

/** `%s`, `%I`, `%1$I`; what is a number in the text stays one. */
function formatted([template = null, ...values]: readonly (string | null)[]): string | null {
  if (template === null) return null
  let next = 0
  return template.replaceAll(
    /%(?:(\d+)\$)?[-+ #0]*\d*(?:\.\d+)?([a-zA-Z%])/g,
    (_, position: string | undefined, kind: string) => {
      if (kind === '%') return '%'
      const value = values[position === undefined ? next++ : Number(position) - 1] ?? null
      if (/[dioxXeEfFgG]/.test(kind)) return value ?? '0'
      return kind === 'L' || kind === 'T' ? `'${value ?? ''}'` : (value ?? unknownPart)
    },
  )
}
