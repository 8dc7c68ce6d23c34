import type { ColumnDocument, ColumnType, KeyDocument } from '@plumbline/workflows'
import { canonicalName } from './canonical-name.ts'
import { otherThings } from './lexicon/other-things.ts'
import { isAboutPeople, readName, type NameVerdict } from './name-rules.ts'
import { remember } from './remember.ts'
import { singular } from './tokens.ts'

/** What is known of a column without its values. */
export interface ColumnContext {
  name: string
  type: ColumnType
  table: string
  /** The name in canonical words. */
  words: readonly string[]
  names: readonly NameVerdict[]
  /** What its comment says. */
  comments: readonly NameVerdict[]
  /** What the name of the column says that its foreign key points to. */
  references: readonly NameVerdict[]
  /** True when the table keeps people, by its name. */
  ofPeople: boolean
  /** The word by which the table keeps something else. */
  otherTable: string | undefined
  /** Other columns of the table that hold personal data of a person, by their names. */
  neighbours: readonly string[]
}

interface Reading {
  words: readonly string[]
  names: readonly NameVerdict[]
  /** Of the name of a table. */
  ofPeople: boolean
  otherTable: string | undefined
}

const read = remember((name): Reading => {
  const words = canonicalName(name)
  const otherTable = words.find((word) => otherThings.has(singular(word)))
  return { words, names: readName(words), ofPeople: isAboutPeople(words), otherTable }
})

interface Relation {
  name: string
  columns: readonly ColumnDocument[]
  keys: readonly KeyDocument[]
}

/** Words of a comment that are read: what a column is, comments say first. */
const commentWords = 12

/** Every column of a table with what its surroundings say of it. */
export function columnContexts({ name: table, columns, keys }: Relation): ColumnContext[] {
  const { ofPeople, otherTable } = read(table)
  const personal = columns.map(({ name }) => name).filter((name) => read(name).names.some(isPersonal))
  return columns.map(({ name, type, comment }) => {
    const { words, names } = read(name)
    return {
      name,
      type,
      table,
      words,
      names,
      comments: comment === null ? [] : readName(canonicalName(comment).slice(0, commentWords)).filter(isCertain),
      references: referencedNames(name, keys).flatMap((referenced) => read(referenced).names.filter(isCertain)),
      ofPeople,
      otherTable,
      neighbours: personal.filter((other) => other !== name),
    }
  })
}

const isCertain = ({ strength, about }: NameVerdict): boolean => strength === 'certain' && about === undefined

/** Kinds that are kept of persons, not of devices or places too. */
const isPersonal = (verdict: NameVerdict): boolean =>
  isCertain(verdict) && ['email', 'phone', 'person_name', 'dob', 'ssn', 'national_id'].includes(verdict.kind)

function referencedNames(column: string, keys: readonly KeyDocument[]): string[] {
  return keys.flatMap((key) => {
    const at = key.kind === 'foreign' ? key.columns.indexOf(column) : -1
    const referenced = at === -1 ? undefined : key.references?.columns[at]
    return referenced === undefined ? [] : [referenced]
  })
}
