import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { NoticeError } from './notice-error.ts'
import { publicLookup, refusePrivateHost } from './public-address.ts'

/** As Standard Webhooks recommends: a receiver that needs longer works before it answers. */
const timeoutMs = 15_000
/** What one asks for that is out of its mind is not waited for. */
const mostRetryAfterSeconds = 3_600

export interface PostRequest {
  url: string
  headers: Record<string, string>
  body: string
  privateAddresses: boolean
  /** The setting that allows private addresses. */
  allowedBy: string
  /** Of the whole exchange. */
  signal: AbortSignal
}

/**
 * One POST; no redirect is followed, and nothing of the answer but its status is used.
 * @returns the status, 200 to 299
 * @throws NoticeError for everything else
 */
export async function postJson({
  url,
  headers,
  body,
  privateAddresses,
  allowedBy,
  signal,
}: PostRequest): Promise<number> {
  const target = new URL(url)
  if (!privateAddresses) refusePrivateHost(target.hostname, allowedBy)
  const send = target.protocol === 'http:' ? requestHttp : requestHttps
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    let connected = false
    const sent = send(
      target,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Plumbline',
          ...headers,
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        // A connection that is kept could have been opened to elsewhere, and one that the receiver closed would fail for nothing.
        agent: false,
        ...(!privateAddresses && { lookup: publicLookup(allowedBy) }),
      },
      resolve,
    )
    sent.once('socket', (socket) =>
      socket.once(target.protocol === 'http:' ? 'connect' : 'secureConnect', () => (connected = true)),
    )
    sent.once('error', (error) => reject(failureOf(error, target.host, connected)))
    sent.end(body)
  })
  answer.resume()
  return statusOf(answer)
}

function failureOf(error: Error, host: string, mayHaveArrived: boolean): NoticeError {
  if (error instanceof NoticeError) return error
  const timedOut = error.name === 'TimeoutError' || error.name === 'AbortError'
  const what = timedOut ? `gave no answer within ${timeoutMs / 1_000} s` : `cannot be reached: ${error.message}`
  return new NoticeError('notice-failed', `${host} ${what}`, { mayHaveArrived, cause: error })
}

function statusOf({ statusCode: status = 0, headers }: IncomingMessage): number {
  if (status >= 200 && status < 300) return status
  if (status === 410) throw new NoticeError('notice-refused', 'The receiver says that it is gone (410)', { status })
  if (status >= 300 && status < 400)
    throw new NoticeError('notice-failed', `The receiver answered ${status}; redirects are not followed`, { status })
  const seconds = Number(headers['retry-after'])
  const asked = seconds > 0 ? { retryAfterMs: Math.min(seconds, mostRetryAfterSeconds) * 1_000 } : {}
  throw new NoticeError('notice-failed', `The receiver answered ${status}`, { status, ...asked })
}
