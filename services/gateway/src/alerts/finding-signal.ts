import { incidentFingerprint } from '@plumbline/analysis'
import type { Finding, Signal } from '@plumbline/store'
import { jobDefinition } from '@plumbline/workflows'

/** What an incident is called, by what it is about and the job. */
const titles: Record<Finding['kind'], (name: string, job: string) => string> = {
  regression: (name, job) => `${job} of ${name} became slow`,
  long_running: (name, job) => `${job} of ${name} runs far longer than usual`,
  late_schedule: (name) => `Schedule ${name} is late or was skipped`,
  breaking_change: (name) => `Breaking schema changes in ${name}`,
  stale_table: (name) => `Stale tables in ${name}`,
  metric_anomaly: (name) => `Anomalous metrics of ${name}`,
  new_pii: (name) => `New personal data in ${name}`,
}

export function findingSignal({ about, cause, connectionId, limitMs, ...found }: Finding): Signal {
  return {
    ...found,
    title: titles[found.kind](about.name, jobDefinition(found.jobType).label),
    fingerprint: incidentFingerprint([found.kind, cause]),
    errorCode: null,
    about: { connectionId, assetId: about.id, jobType: found.jobType },
    at: new Date(found.at),
    ...(typeof limitMs === 'number' && { limitMs }),
  }
}
