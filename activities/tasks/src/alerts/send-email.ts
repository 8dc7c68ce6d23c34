import { createTransport } from 'nodemailer'
import type { DueNotice } from '@plumbline/store'
import type { AlertSettings } from './alert-settings.ts'
import type { NoticeContent } from './notice-content.ts'
import { NoticeError } from './notice-error.ts'

const timeoutMs = 15_000

/** By the mail server of the installation. A notice that is sent again has the same Message-ID, by which mail servers drop it. */
export async function sendEmail(
  { notice, content }: { notice: DueNotice; content: NoticeContent },
  { to }: { to: string },
  mail: AlertSettings['mail'],
): Promise<void> {
  if (!mail) {
    throw new NoticeError(
      'notice-refused',
      'No mail server is set up: PLUMBLINE_SMTP_URL and PLUMBLINE_MAIL_FROM of the workers say which',
    )
  }
  const transport = createTransport({
    url: mail.smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  try {
    await transport.sendMail({
      from: mail.from,
      to: to.split(','),
      subject: `[${notice.organization}] ${content.title}`,
      text: [...content.lines, ...(content.link === null ? [] : ['', content.link])].join('\n'),
      messageId: `<${notice.messageId}@plumbline>`,
    })
  } catch (error) {
    throw failureOf(error)
  } finally {
    transport.close()
  }
}

/** What a mail server said; a 5xx will be said again. */
function failureOf(error: unknown): NoticeError {
  const said = error instanceof Error ? error.message : String(error)
  const answered =
    typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : null
  const code = answered !== null && answered >= 500 ? 'notice-refused' : 'notice-failed'
  return new NoticeError(code, `The mail server did not take it: ${said}`, {
    mayHaveArrived: answered === null,
    cause: error,
  })
}
