import type { IndexDocument, KeyDocument, SchemaChange } from '@plumbline/workflows'
import { changeOf } from './breaking.ts'

/** Objects of a relation matched by name, and what is left by what they say: the second kind was only renamed. */
function match<T extends { name: string }>(before: T[], after: T[], body: (item: T) => string) {
  const pairs: [T, T][] = []
  const lost = new Set(before)
  const found = new Set(after)
  for (const key of [(item: T) => item.name, body]) {
    const old = new Map([...lost].map((item) => [key(item), item]))
    for (const next of found) {
      const partner = old.get(key(next))
      if (!partner || !lost.delete(partner)) continue
      found.delete(next)
      pairs.push([partner, next])
    }
  }
  return { pairs, removed: [...lost], added: [...found] }
}

const keyBody = (key: KeyDocument) => `${key.kind} ${key.definition}`
const describeKey = (key: KeyDocument) => `${key.name}: ${key.definition}`
const identifying = (key: KeyDocument) => key.kind === 'primary' || key.kind === 'unique'

/** The identity of a referenced table is left out: one that was created again under its name is the same to a reader. */
export function diffKeys(before: KeyDocument[], after: KeyDocument[]): SchemaChange[] {
  const { pairs, removed, added } = match(before, after, keyBody)
  return [
    ...removed.map((key) => changeOf('key_removed', { before: describeKey(key) }, { identifying: identifying(key) })),
    ...added.map((key) => changeOf('key_added', { after: describeKey(key) })),
    ...pairs.flatMap(([old, next]) => {
      if (describeKey(old) === describeKey(next)) return []
      const facts = { identifying: identifying(old) && keyBody(old) !== keyBody(next) }
      return [changeOf('key_changed', { before: describeKey(old), after: describeKey(next) }, facts)]
    }),
  ]
}

/** What an index does, without its name and its table's: those change with a rename, and that is reported as such. */
function indexBody(index: IndexDocument): string {
  const using = index.definition.indexOf(' USING ')
  const rest = using === -1 ? index.columns.join(', ') : index.definition.slice(using)
  return `${index.unique ? 'unique ' : ''}${index.primary ? 'primary ' : ''}${index.method} ${rest}`
}

/** An index that carries a key of its name is reported as the key. */
export function diffIndexes(
  before: { indexes: IndexDocument[]; keys: KeyDocument[] },
  after: { indexes: IndexDocument[]; keys: KeyDocument[] },
): SchemaChange[] {
  const { pairs, removed, added } = match(withoutKeys(before), withoutKeys(after), indexBody)
  return [
    ...removed.map((index) => changeOf('index_removed', { before: index.definition })),
    ...added.map((index) => changeOf('index_added', { after: index.definition })),
    ...pairs.flatMap(([old, next]) =>
      old.name === next.name && indexBody(old) === indexBody(next)
        ? []
        : [changeOf('index_changed', { before: old.definition, after: next.definition })],
    ),
  ]
}

function withoutKeys({ indexes, keys }: { indexes: IndexDocument[]; keys: KeyDocument[] }): IndexDocument[] {
  const names = new Set(keys.filter(identifying).map((key) => key.name))
  return indexes.filter((index) => !names.has(index.name))
}
