import type { Metric, SavedMetric } from '@plumbline/api'
import type { MetricDefinitionRecord } from '@plumbline/store'
import type { MetricOutcome } from '@plumbline/workflows'
import { assetRef } from '../assets/asset-view.ts'
import type { SavedMetric as Saved } from './manage-metrics.ts'

/** A metric as the API shows it. */
export const metricView = ({
  asset,
  createdAt,
  updatedAt,
  lastOutcome,
  ...metric
}: MetricDefinitionRecord): Metric => ({
  ...metric,
  asset: assetRef(asset),
  lastOutcome: lastOutcome && outcomeView(lastOutcome),
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

/** As it was saved just now. */
export const savedView = ({ metric, notTried }: Saved): SavedMetric => ({ ...metricView(metric), notTried })

const nothing = { value: null, groups: null, code: null, message: null }
const outcomeView = (outcome: MetricOutcome): Metric['lastOutcome'] => ({ ...nothing, ...outcome })
