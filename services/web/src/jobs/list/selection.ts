/** The jobs that are chosen in a list: single ones, or whatever matches its filters, read or not. */
export type Selection = { kind: 'some'; ids: ReadonlySet<string> } | { kind: 'matching' }

export const nothingSelected: Selection = { kind: 'some', ids: new Set() }

export const isSelected = (selection: Selection, id: string): boolean =>
  selection.kind === 'matching' || selection.ids.has(id)

/** How many of the rows that were read are chosen: what the box in the header shows. */
export function selectedShare(selection: Selection, rows: readonly string[]): 'none' | 'some' | 'all' {
  const count = rows.filter((id) => isSelected(selection, id)).length
  if (count === 0) return selection.kind === 'some' && selection.ids.size > 0 ? 'some' : 'none'
  return count === rows.length ? 'all' : 'some'
}

/** One row more or less. Of everything that matches, one less leaves the other rows that were read. */
export function toggled(selection: Selection, id: string, rows: readonly string[]): Selection {
  const ids = new Set(selection.kind === 'matching' ? rows : selection.ids)
  if (isSelected(selection, id)) ids.delete(id)
  else ids.add(id)
  return { kind: 'some', ids }
}

/** All rows that were read, or none when all of them are chosen already. */
export function toggledAll(selection: Selection, rows: readonly string[]): Selection {
  return selectedShare(selection, rows) === 'all' ? nothingSelected : { kind: 'some', ids: new Set(rows) }
}

/** The rows between two, as a click with Shift does it: they become what the second one becomes. */
export function toggledUpTo(selection: Selection, from: string, to: string, rows: readonly string[]): Selection {
  const ends = [rows.indexOf(from), rows.indexOf(to)]
  if (ends.includes(-1)) return toggled(selection, to, rows)
  const between = rows.slice(Math.min(...ends), Math.max(...ends) + 1)
  const ids = new Set(selection.kind === 'matching' ? rows : selection.ids)
  const choose = !isSelected(selection, to)
  for (const id of between) {
    if (choose) ids.add(id)
    else ids.delete(id)
  }
  return { kind: 'some', ids }
}
