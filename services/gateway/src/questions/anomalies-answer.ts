import { mostUnusual, unusualMetrics, type UnusualMetric } from '@plumbline/store'
import type { Answer, Asked } from './answer.ts'
import { placeAsked } from './asked-place.ts'
import { figure, momentText, plain } from './plain-text.ts'

const shown = 20

/** The metrics that are unusual now, or were in the time that is asked about. */
export async function anomaliesAnswer(asked: Asked): Promise<Answer> {
  const { db, organizationId, question, timezone } = asked
  const place = await placeAsked(asked)
  const { time } = question
  const found = await unusualMetrics(db, organizationId, {
    asset: place,
    ...(time && { from: time.from, to: time.to }),
  })
  const where = `${place ? ` of ${plain(place.name)}` : ''}${time ? ` ${plain(time.words)}` : ' now'}`
  if (!found)
    return { answer: `There are too many metrics${where} to go through while you wait. Ask about one table.`, jobs: [] }
  const [first] = found
  if (!first)
    return {
      answer: `There are no unusual metrics${where}.`,
      jobs: [],
      suggestions: ['Which tables are stale?', 'When do metric captures run next?'],
    }
  const least = found.length === mostUnusual ? 'at least ' : ''
  const those =
    found.length === 1 ? 'There is 1 unusual metric' : `There are ${least}${figure(found.length)} unusual metrics`
  return {
    answer: `${those}${where}. The newest: ${plain(nameOf(first))} of ${plain(first.asset.qualifiedName)} was ${valueText(first.value)} on ${momentText(first.at, timezone)}, ${first.anomaly === 'high' ? 'above' : 'below'} what was expected (${expectedText(first)}).`,
    jobs: [...new Set(found.slice(0, shown).map(({ jobId }) => jobId))],
    table: {
      columns: ['Table', 'Metric', 'Value', 'Expected', 'Is', 'Measured'],
      rows: found
        .slice(0, shown)
        .map((metric) => [
          metric.asset.qualifiedName,
          nameOf(metric),
          valueText(metric.value),
          expectedText(metric),
          metric.anomaly,
          momentText(metric.at, timezone),
        ]),
    },
    suggestions: ['Which tables are stale?'],
  }
}

/** `null_share of email`, or the name that a person gave it. */
const nameOf = ({ metric, column, group, name }: UnusualMetric): string =>
  `${name ?? metric.replaceAll('_', ' ')}${column === null ? '' : ` of ${column}`}${group === null ? '' : ` (${group})`}`

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 })
const valueText = (value: number | null): string => (value === null ? 'nothing' : digits.format(value))
const expectedText = ({ low, high }: UnusualMetric): string =>
  low === null || high === null ? 'unknown' : `${digits.format(low)} to ${digits.format(high)}`
