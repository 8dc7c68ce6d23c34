import { beginTry, endTry, giveUpDelivery, type Database, type DueNotice, type Sealer } from '@plumbline/store'
import type { AlertActivities } from '@plumbline/workflows'
import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { AlertSettings } from './alerts/alert-settings.ts'
import { noticeContent } from './alerts/notice-content.ts'
import { NoticeError } from './alerts/notice-error.ts'
import { sendEmail } from './alerts/send-email.ts'
import { sendSlack } from './alerts/send-slack.ts'
import { sendWebhook } from './alerts/send-webhook.ts'
import { redactor, toFailure } from './failures.ts'
import { written } from './written.ts'

interface AlertDeps {
  db: Database
  sealer: Pick<Sealer, 'open'>
  settings: AlertSettings
}

/** How soon a notice looks again for the one before it. */
const waitMs = 2_000
/** The message of a failure says no more about where it went than the channel shows. */
const redact = redactor([])

/** Notices to people. What is sent is read at that moment; how each try ended is in the record. */
export function createAlertActivities(deps: AlertDeps): AlertActivities {
  const { db } = deps
  return {
    async deliver({ deliveryId }) {
      const due = await written(beginTry(db, deliveryId))
      if (due.kind === 'over') return
      if (due.kind === 'wait') {
        throw ApplicationFailure.create({
          type: 'notice-failed',
          message: 'The notice before it is still under way',
          nextRetryDelay: waitMs,
        })
      }
      await tried(deps, due.notice)
    },
    giveUpDelivery: ({ deliveryId, reason }) => written(giveUpDelivery(db, deliveryId, reason)),
  }
}

async function tried(deps: AlertDeps, notice: DueNotice): Promise<void> {
  const began = new Date()
  const ended = (outcome: Pick<Parameters<typeof endTry>[2], 'arrived' | 'status' | 'error'>) =>
    written(
      endTry(deps.db, notice.deliveryId, {
        at: began.toISOString(),
        durationMs: Date.now() - began.getTime(),
        ...outcome,
      }),
    )
  try {
    const status = await send(deps, notice, began)
    await ended({ arrived: 'yes', status, error: null })
  } catch (error) {
    if (error instanceof ApplicationFailure) throw error
    const told = error instanceof NoticeError ? error : undefined
    const failure = toFailure(error, redact, { last: notice.event === 'test' })
    await ended({
      arrived: told?.mayHaveArrived === true ? 'unknown' : 'no',
      status: told?.status ?? null,
      error: failure.message,
    })
    const { type, nonRetryable, message } = failure
    throw told?.retryAfterMs === undefined
      ? failure
      : ApplicationFailure.create({
          type: type ?? 'notice-failed',
          nonRetryable: nonRetryable ?? false,
          message,
          nextRetryDelay: told.retryAfterMs,
        })
  }
}

/** @returns the HTTP status of a web receiver */
async function send({ sealer, settings }: AlertDeps, notice: DueNotice, now: Date): Promise<number | null> {
  const { channel } = notice
  const content = noticeContent(notice, settings.publicUrl)
  const { url = '', secret = '', to = '' } = sealer.open(channel.id, channel.sealed)
  const how = {
    privateAddresses: settings.privateAddresses,
    allowedBy: 'PLUMBLINE_ALERTS_PRIVATE_ADDRESSES',
    signal: Context.current().cancellationSignal,
  }
  switch (channel.kind) {
    case 'webhook':
      return sendWebhook({ notice, content, now }, { url, secret }, how)
    case 'slack':
      return sendSlack(content, { url }, how)
    case 'email':
      await sendEmail({ notice, content }, { to }, settings.mail)
      return null
  }
}
