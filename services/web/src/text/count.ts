const grouped = new Intl.NumberFormat('en')

/** `1 table`, `12,400 tables`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped.format(count)} ${count === 1 ? one : many}`

/** `tables`, `toTag` → `Tables`, `To tag`: the names of counters as a person reads them. */
export function counterLabel(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const numberText = (value: number): string => grouped.format(value)
