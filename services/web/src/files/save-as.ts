/** Long enough for the browser to begin with it; then its memory is given back. */
const revokeAfterMs = 60_000

/** Hands a file to the browser, which puts it where downloads go. */
export function saveAs(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), revokeAfterMs)
}
