import { counted } from '../../text/count.ts'
import { valueText } from './metric-texts.ts'
import type { Metric } from '@plumbline/api'

/** What the last capture measured of a metric, or why it did not: as it stands in a list. */
export function outcomeText({ lastOutcome, revision, spec }: Metric): string {
  if (lastOutcome === null) return 'Not measured yet'
  if (lastOutcome.revision !== revision) return 'Not measured since it was changed'
  if (!lastOutcome.ok) return lastOutcome.message ?? 'It could not be measured'
  if (lastOutcome.groups !== null) return counted(lastOutcome.groups, 'group')
  return lastOutcome.value === null ? 'No data' : valueText(spec.kind, lastOutcome.value)
}

/** Its newest form was tried, and could not be measured. */
export const isBroken = ({ lastOutcome, revision }: Metric): boolean =>
  lastOutcome !== null && lastOutcome.revision === revision && !lastOutcome.ok
