import type { ErrorCode } from '@plumbline/workflows'

/** A notice that was not taken. Its message holds no secret, neither a path of a URL. */
export class NoticeError extends Error {
  override readonly name = 'NoticeError'
  readonly code: Extract<ErrorCode, 'notice-refused' | 'notice-failed'>
  /** Whether the receiver may have taken it all the same: the answer got lost. */
  readonly mayHaveArrived: boolean
  readonly status: number | null
  /** When the receiver asks to be tried again. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: NoticeError['code'],
    message: string,
    {
      mayHaveArrived = false,
      status = null,
      retryAfterMs,
      cause,
    }: Partial<Pick<NoticeError, 'mayHaveArrived' | 'status' | 'retryAfterMs'>> & { cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.code = code
    this.mayHaveArrived = mayHaveArrived
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}
