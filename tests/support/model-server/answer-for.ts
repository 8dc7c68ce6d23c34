import { z } from 'zod'

const zAskedColumns = z.object({ columns: z.array(z.string()) })
const zFact = z.object({ id: z.string(), about: z.string(), kind: z.string(), text: z.string() })

/** What a request is about, read from the lines between its two marks. */
export function askedIn(user: string): { columns: string[]; facts: z.output<typeof zFact>[]; table: string } {
  const lines = user.split('\n')
  const first = lines.findIndex((line) => line.startsWith('FACTS-'))
  const last = lines.findLastIndex((line) => line.startsWith('FACTS-'))
  const [head = '{}', ...rest] = lines.slice(first + 1, last)
  const facts = rest.map((line) => zFact.parse(JSON.parse(line)))
  const name = facts.find(({ about, kind }) => about === 'the table' && kind === 'name')?.text ?? ''
  return { columns: zAskedColumns.parse(JSON.parse(head)).columns, facts, table: name.split(' ').at(-1) ?? '' }
}

/** A usable answer: a sentence about the table and about each column, resting on the facts that say their names; of no facts any words. */
export function answerFor(user: string): string {
  if (!user.includes('FACTS-')) return 'It is as it is.'
  const { columns, facts, table } = askedIn(user)
  const idOf = (about: string): string => facts.find((fact) => fact.about === about)?.id ?? 'F1'
  const asksTable = user.includes('Describe the table')
  return JSON.stringify({
    table: asksTable
      ? [{ part: 'purpose', text: `Described: ${table}.`, facts: [idOf('the table')], confidence: 0.8 }]
      : [],
    columns: columns.map((name) => ({
      name,
      sentences: [{ part: 'meaning', text: `Meaning of a column.`, facts: [idOf(name)], confidence: 0.6 }],
    })),
  })
}
