/** A native type in parts: `character varying(20)` is the name and `[20]`. */
interface ParsedType {
  name: string
  arguments: number[]
}

function parseType(nativeType: string): ParsedType {
  const match = /^([^(]*)(?:\(([\d\s,-]*)\))?(.*)$/.exec(nativeType.toLowerCase())
  const name = `${match?.[1]?.trim() ?? nativeType} ${match?.[3]?.trim() ?? ''}`.trim()
  const list = match?.[2]?.split(',').map(Number) ?? []
  return { name, arguments: list.filter(Number.isFinite) }
}

/** Each type holds every value of those before it in its row. */
const ladders = [
  ['smallint', 'integer', 'bigint', 'numeric'],
  ['real', 'double precision'],
  ['date', 'timestamp without time zone'],
  ['character', 'character varying', 'text'],
  ['json', 'text'],
  ['cidr', 'inet'],
]

/** True when every value of the old type is a value of the new one, so that readers see what they saw. */
export function isWidening(before: string, after: string): boolean {
  const [old, next] = [parseType(before), parseType(after)]
  if (old.name === next.name) return holdsLength(old, next)
  const ladder = ladders.find((row) => row.includes(old.name) && row.includes(next.name))
  if (!ladder || ladder.indexOf(next.name) < ladder.indexOf(old.name)) return false
  return next.arguments.length === 0 || (old.name === 'character' && holdsLength(old, next))
}

/** Without an argument there is no limit; a precision holds when both the digits before and behind the point do. */
function holdsLength(old: ParsedType, next: ParsedType): boolean {
  const [oldLength, oldScale = 0] = old.arguments
  const [nextLength, nextScale = 0] = next.arguments
  if (nextLength === undefined) return true
  if (oldLength === undefined) return false
  return nextScale >= oldScale && nextLength - nextScale >= oldLength - oldScale
}
