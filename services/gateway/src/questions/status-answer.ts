import { findAsset, lastJobsOf, trustSignals } from '@plumbline/store'
import { jobDefinition } from '@plumbline/workflows'
import { assetTrust, breakingChangeDays } from '../assets/asset-trust.ts'
import { jobView, type ViewContext } from '../jobs/job-view.ts'
import { nothingFound, type Answer, type Asked } from './answer.ts'
import { placeAsked } from './asked-place.ts'
import { momentText, plain } from './plain-text.ts'

const dayMs = 86_400_000
const verdicts = {
  trusted: 'can be relied on',
  doubtful: 'is doubtful',
  broken: 'is broken',
  unknown: 'is of unknown state',
} as const

/** Whether an asset can be relied on now, as its own page says, and what its last jobs came to. */
export async function statusAnswer(asked: Asked, context: ViewContext): Promise<Answer> {
  const { db, organizationId, timezone, now } = asked
  const place = await placeAsked(asked)
  const asset = place && (await findAsset(db, organizationId, place.id))
  if (!place || !asset) return nothingFound('assets of this name')
  if (asset.removedAt)
    return { answer: `${plain(place.name)} was removed on ${momentText(asset.removedAt, timezone)}.`, jobs: [] }
  const itself = [asset.id, asset.schemaId, asset.databaseId].filter((id) => id !== null)
  const [rows, signals] = await Promise.all([
    lastJobsOf(db, organizationId, itself),
    trustSignals(db, organizationId, asset, new Date(now.getTime() - breakingChangeDays * dayMs)),
  ])
  const jobs = rows.map((row) => jobView(row, context))
  const { verdict, reasons } = assetTrust({ kind: asset.kind, lastJobs: jobs }, signals)
  return {
    answer: [
      `${plain(place.name)} ${verdicts[verdict]}.`,
      reasons.map(({ text }) => `- ${plain(text)}`).join('\n'),
    ].join('\n\n'),
    jobs: jobs.map(({ id }) => id),
    ...(jobs.length > 0 && {
      table: {
        columns: ['Last job', 'On', 'Status', 'Created'],
        rows: rows.map((row) => [
          jobDefinition(row.type).label,
          row.asset_qualified_name,
          row.status,
          momentText(row.created_at, timezone),
        ]),
      },
    }),
    suggestions: ['Which tables are stale?', 'Are there any unusual metrics?'],
  }
}
