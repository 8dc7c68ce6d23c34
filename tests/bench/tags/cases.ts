import { readFileSync } from 'node:fs'
import type { ColumnDocument, ColumnType } from '@plumbline/workflows'
import { z } from 'zod'

const labelledColumn = z.object({
  id: z.string(),
  table: z.string(),
  column: z.string(),
  type: z.string(),
  /** Up to ten values as text; none where only the name is to be judged. */
  samples: z.array(z.string()),
  expected: z.object({
    pii: z.string().nullable(),
    /** Other right answers; null: that it is none. */
    accept: z.array(z.string().nullable()).optional(),
    sensitivity: z.string().optional(),
    domain: z.string().optional(),
  }),
  slice: z.string(),
})
export type LabelledColumn = z.infer<typeof labelledColumn>

/** One labelled column a line. */
export function readCases(file: string): LabelledColumn[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '').map((line) => labelledColumn.parse(JSON.parse(line)))
}

/** The types of many databases, as the labels spell them; the first that fits. */
const types: readonly (readonly [RegExp, ColumnType])[] = [
  [/bool/i, 'boolean'],
  [/timestamp|datetime/i, 'timestamp'],
  [/^date/i, 'date'],
  [/^time/i, 'time'],
  [/interval/i, 'interval'],
  [/json|variant/i, 'json'],
  [/uuid|uniqueidentifier/i, 'uuid'],
  [/point|geography|geometry/i, 'geo'],
  [/int(?:eger)?\d*$|serial/i, 'integer'],
  [/numeric|decimal|money|number/i, 'decimal'],
  [/real|double|float/i, 'float'],
  [/inet|cidr|macaddr/i, 'network'],
  [/bytea|binary|blob/i, 'binary'],
  [/char|text|str/i, 'text'],
]

export const typeOf = (native: string): ColumnType => types.find(([pattern]) => pattern.test(native))?.[1] ?? 'other'

export const documentOf = ({ column, type }: LabelledColumn): ColumnDocument => ({
  id: column,
  name: column,
  position: 1,
  type: typeOf(type),
  nativeType: type,
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  comment: null,
})
