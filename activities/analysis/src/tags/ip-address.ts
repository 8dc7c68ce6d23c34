export const isIPv4 = (value: string): boolean => {
  const [address = '', bits] = value.split('/')
  const parts = address.split('.')
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255) &&
    (bits === undefined || /^(?:[12]?\d|3[0-2])$/.test(bits))
  )
}

/** RFC 4291: eight groups, one run of zeros may be left out. */
export function isIPv6(value: string): boolean {
  const [address = ''] = value.split('/')
  if (!/^[\da-f:]*:[\da-f:.]*$/i.test(address)) return false
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : groups.length === 8
}
