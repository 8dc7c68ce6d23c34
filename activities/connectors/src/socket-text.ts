/** What a code of Node's sockets or resolver means of the place that was to be reached. */
const sentences: Readonly<Record<string, (place: string) => string>> = {
  ECONNREFUSED: (place) => `Nothing listens at ${place}`,
  ECONNRESET: (place) => `${place} closed the connection`,
  EAI_AGAIN: (place) => `The name server did not say where ${place} is`,
  ENOTFOUND: (place) => `No name server knows ${place}`,
  EHOSTUNREACH: (place) => `No way leads to ${place}`,
  ENETUNREACH: (place) => `No way leads to ${place}`,
  EHOSTDOWN: (place) => `${place} is down`,
  ETIMEDOUT: (place) => `${place} did not answer in time`,
}

/** The error of a socket in words; undefined where it does not say what was to be reached. Of several addresses the first is told. */
export function socketText(code: string, error: unknown): string | undefined {
  const place = placeOf(error)
  return place === undefined ? undefined : sentences[code]?.(place)
}

function placeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('hostname' in error && typeof error.hostname === 'string') return error.hostname
  if ('address' in error && typeof error.address === 'string') {
    const host = error.address.includes(':') ? `[${error.address}]` : error.address
    return 'port' in error && typeof error.port === 'number' ? `${host}:${error.port}` : host
  }
  return error instanceof AggregateError ? placeOf(error.errors[0]) : undefined
}
