const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `640 B`, `5.3 MB`: in thousands, one decimal from kB on. */
export function bytesText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? value : value.toFixed(1)} ${units[power] ?? ''}`
}
