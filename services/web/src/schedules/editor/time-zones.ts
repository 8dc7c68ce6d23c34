/** The zones that this browser knows, UTC first; with the one that is set, also when this browser does not know it. */
export function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')
  return current === 'UTC' || known.includes(current) ? ['UTC', ...known] : ['UTC', current, ...known]
}
