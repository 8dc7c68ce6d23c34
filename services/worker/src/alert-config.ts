import type { AlertSettings } from '@plumbline/tasks'
import { z } from 'zod'
import { given } from './given.ts'

const zAlertEnvironment = z
  .object({
    PLUMBLINE_ALERTS_PRIVATE_ADDRESSES: given(z.enum(['allow', 'refuse'])),
    PLUMBLINE_PUBLIC_URL: given(z.url({ protocol: /^https?$/ })),
    PLUMBLINE_SMTP_URL: given(z.url({ protocol: /^smtps?$/ })),
    PLUMBLINE_MAIL_FROM: given(z.string()),
  })
  .superRefine((env, context) => {
    if ((env.PLUMBLINE_SMTP_URL === undefined) !== (env.PLUMBLINE_MAIL_FROM === undefined)) {
      const path = [env.PLUMBLINE_SMTP_URL === undefined ? 'PLUMBLINE_SMTP_URL' : 'PLUMBLINE_MAIL_FROM']
      context.addIssue({ code: 'custom', path, message: 'mail needs both PLUMBLINE_SMTP_URL and PLUMBLINE_MAIL_FROM' })
    }
  })

/** @throws ZodError that names each variable that is missing or wrong */
export function alertSettingsOf(environment: NodeJS.ProcessEnv): AlertSettings {
  const env = zAlertEnvironment.parse(environment)
  const { PLUMBLINE_SMTP_URL: smtpUrl, PLUMBLINE_MAIL_FROM: from } = env
  return Object.freeze({
    privateAddresses: env.PLUMBLINE_ALERTS_PRIVATE_ADDRESSES === 'allow',
    publicUrl: env.PLUMBLINE_PUBLIC_URL?.replace(/\/$/, ''),
    mail: smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from },
  })
}
