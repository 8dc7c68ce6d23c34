export type CsvCell = string | number | null

/**
 * One record by RFC 4180. A text that a sheet would take for a formula is led by an apostrophe: names and messages may be what
 * somebody else chose.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  const text = cells.map((cell) => {
    if (typeof cell !== 'string') return cell === null ? '' : String(cell)
    const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
  })
  return `${text.join(',')}\r\n`
}
