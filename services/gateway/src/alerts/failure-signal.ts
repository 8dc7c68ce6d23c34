import { incidentFingerprint, normalMessage } from '@plumbline/analysis'
import type { FailedJob, Signal } from '@plumbline/store'
import { errorCodes, jobDefinition, reachOf } from '@plumbline/workflows'

/** What a failed job signals: an outage of its connection, a fault of the installation, or a failure of this job on this asset. */
export function failureSignal(job: FailedJob): Signal {
  const { code, message } = job.error
  return {
    key: `failed ${job.id}`,
    organizationId: job.organizationId,
    kind: 'failure',
    message,
    errorCode: code,
    assetId: job.assetId,
    jobType: job.type,
    jobId: job.id,
    at: job.endedAt,
    ...causeOf(job),
  }
}

function causeOf({
  type,
  assetId,
  assetName,
  connectionId,
  connectionName,
  error,
}: FailedJob): Pick<Signal, 'title' | 'about' | 'fingerprint'> {
  const { code, message } = error
  const { label } = jobDefinition(type)
  switch (reachOf(code)) {
    case 'connection':
      return {
        title: `Connection ${connectionName} cannot be used: ${errorCodes[code].title}`,
        about: { connectionId, assetId: null, jobType: null },
        fingerprint: incidentFingerprint(['failure', 'connection', connectionId]),
      }
    case 'installation':
      return {
        title: `${label} fails: ${errorCodes[code].title}`,
        about: { connectionId: null, assetId: null, jobType: type },
        fingerprint: incidentFingerprint(['failure', 'installation', type, code]),
      }
    case 'asset':
      return {
        title: `${label} of ${assetName} failed: ${errorCodes[code].title}`,
        about: { connectionId, assetId, jobType: type },
        fingerprint: incidentFingerprint(['failure', type, assetId, code, normalMessage(message)]),
      }
  }
}
