import { runEvent } from '@plumbline/analysis'
import { markRunEventSent, unsentRunEvents, type Database, type UnsentRunEvent } from '@plumbline/store'
import type { RunEventActivities } from '@plumbline/workflows'
import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { NoticeError } from './alerts/notice-error.ts'
import { postJson } from './alerts/post-json.ts'
import { appendLine } from './run-events/append-line.ts'
import { runDatasets } from './run-events/run-datasets.ts'
import type { RunEventSettings } from './run-events/run-event-settings.ts'
import { written } from './written.ts'

interface RunEventDeps {
  db: Database
  /** Undefined where the worker was not told where events go. */
  settings: RunEventSettings | undefined
}

const atOnce = 50
/** Then the activity ends, and the next one goes on: it stays far below its time limit. */
const longestMs = 300_000
/** What a receiver answers that will not take an event, however often it comes. */
const refusals = [400, 413, 422]

/** Events of runs by OpenLineage, one after another in the order of what happened, so that a receiver that is down holds up the rest. */
export function createRunEventActivities({ db, settings }: RunEventDeps): RunEventActivities {
  return {
    async sendRunEvents() {
      if (!settings) throw failed('This worker does not know where events go: set PLUMBLINE_OPENLINEAGE_URL or _FILE')
      const until = Date.now() + longestMs
      for (;;) {
        const events = await written(unsentRunEvents(db, atOnce))
        if (events.length === 0 || Date.now() > until) return
        for (const event of events) {
          Context.current().cancellationSignal.throwIfAborted()
          const refused = await sent(db, settings, event)
          await written(markRunEventSent(db, event.id, refused))
          Context.current().heartbeat()
        }
      }
    },
  }
}

/** @returns what the receiver said that will not take it; null when it was taken */
async function sent(db: Database, settings: RunEventSettings, event: UnsentRunEvent): Promise<string | null> {
  const datasets = await written(runDatasets(db, event))
  const body = JSON.stringify(runEvent({ ...event, ...datasets }))
  try {
    if (settings.kind === 'file') await appendLine(settings.path, body)
    else await post(settings, body)
    return null
  } catch (error) {
    if (!(error instanceof NoticeError)) throw failed(error instanceof Error ? error.message : String(error))
    if (error.status === null || !refusals.includes(error.status)) throw failed(error.message, error.retryAfterMs)
    Context.current().log.warn('the receiver of OpenLineage events refused one', {
      jobId: event.job.id,
      event: event.type,
      answer: error.message,
    })
    return error.message
  }
}

function post({ url, apiKey, privateAddresses }: RunEventSettings & { kind: 'http' }, body: string): Promise<number> {
  const key = apiKey()
  return postJson({
    url,
    body,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    privateAddresses,
    allowedBy: 'PLUMBLINE_OPENLINEAGE_PRIVATE_ADDRESSES',
    signal: Context.current().cancellationSignal,
  })
}

const failed = (message: string, nextRetryDelay?: number): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'run-events-not-sent',
    message,
    ...(nextRetryDelay !== undefined && { nextRetryDelay }),
  })
