import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { errorCodes, type ErrorCode } from '@plumbline/workflows'
import type { ConnectionError } from 'fastify'
import { v7 } from 'uuid'
import { ProblemError, problemText, problemType } from './problem.ts'

const byNodeCode: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timed-out',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/**
 * Answers what Node could not read as a request: there is nothing to reply to yet, so the problem is written on the socket
 * itself. Nobody is told who or what the gateway is: the request was not authenticated.
 */
export function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const code = byNodeCode[error.code] ?? 'malformed-request'
  const { http, title, hint } = errorCodes[code]
  const body = problemText(new ProblemError(code, `${title}. ${hint}`), v7())
  const head = [
    `HTTP/1.1 ${http} ${STATUS_CODES[http] ?? ''}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
