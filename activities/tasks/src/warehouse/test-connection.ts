import { SealError } from '@plumbline/store'
import { errorCodes, type ConnectionTestResult } from '@plumbline/workflows'
import { Context } from '@temporalio/activity'
import { redactor, toFailure } from '../failures.ts'
import { interruptionOf } from '../in-step.ts'
import { sourceOf, type SourceDeps } from '../source.ts'

const heartbeatEveryMs = 1000

/** What of a connection works; also credentials that cannot be opened are an answer, not a failure. */
export async function testConnection(deps: SourceDeps, connectionId: string): Promise<ConnectionTestResult> {
  const activity = Context.current()
  const secrets: string[] = []
  const beat = setInterval(() => activity.heartbeat(), heartbeatEveryMs)
  try {
    const { connector, target } = await sourceOf(deps, connectionId, (values) => secrets.push(...values))
    const redact = redactor(secrets)
    const checks = await connector.test(target, {
      label: 'plumbline connection test',
      signal: activity.cancellationSignal,
    })
    return {
      ok: checks.every((check) => check.ok),
      checks: checks.map((check) => ({ ...check, message: redact(check.message) })),
    }
  } catch (error) {
    if (error instanceof SealError) return credentialsUnreadable(error)
    throw interruptionOf(activity) ?? toFailure(error, redactor(secrets))
  } finally {
    clearInterval(beat)
  }
}

function credentialsUnreadable({ code, message }: SealError): ConnectionTestResult {
  return { ok: false, checks: [{ name: 'credentials', ok: false, message, hint: errorCodes[code].hint }] }
}
