import { metricTrials } from '../proxies.ts'

/** Tries a metric that a person is about to define, on a worker. Not a job; what it came to is in the record. */
export async function metricTrial(input: { trialId: string }): Promise<void> {
  await metricTrials.tryMetric(input)
}
