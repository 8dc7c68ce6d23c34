/** Today's names of zones that browsers list under an older name only; whoever looks for Kyiv finds it. */
const renamed = [
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
]

/** The zones that this browser knows, UTC first; with the one that is set, also when this browser does not list it. */
export function timeZones(current: string): string[] {
  const known = new Set([...Intl.supportedValuesOf('timeZone'), ...renamed, current])
  known.delete('UTC')
  return ['UTC', ...[...known].toSorted()]
}
