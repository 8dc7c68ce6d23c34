import type { ErrorCode } from '@plumbline/workflows'

/** Codes of Node's sockets and resolver. */
const byNodeCode: Readonly<Record<string, ErrorCode>> = {
  EAI_AGAIN: 'connection-timeout',
  ECONNABORTED: 'connection-timeout',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-lost',
  EHOSTUNREACH: 'connection-timeout',
  ENETUNREACH: 'connection-timeout',
  ENOTFOUND: 'host-not-found',
  EPIPE: 'connection-lost',
  ETIMEDOUT: 'connection-timeout',
}
const ofTls = /^(ERR_SSL|ERR_OSSL|ERR_TLS|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/

/** What went wrong on the way to a warehouse that is reached by HTTPS; undefined where it answered. */
export function networkCodeOf(error: unknown): ErrorCode | undefined {
  const code = nativeCode(error)
  if (code === undefined) return undefined
  return ofTls.test(code) ? 'tls-failed' : byNodeCode[code]
}

/** The socket's code, of the error itself or of one of its causes. */
function nativeCode(error: unknown, depth = 3): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined
  if ('code' in error && typeof error.code === 'string' && !/^\d+$/.test(error.code)) return error.code
  return nativeCode(error.cause, depth - 1)
}
