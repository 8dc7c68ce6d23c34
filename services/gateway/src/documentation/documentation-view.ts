import type { Documentation, DocumentationVersion, ListedDocumentation } from '@plumbline/api'
import type {
  AssetDetailRecord,
  AssetDocumentation,
  DocumentationRecord,
  ListedDocumentation as ListedRecord,
  StandingDocumentation,
} from '@plumbline/store'
import { assetRef } from '../assets/asset-view.ts'

/** What is said of an asset and of each of its columns. */
export function documentationView(asset: AssetDetailRecord, said: AssetDocumentation): Documentation {
  return {
    asset: assetRef(asset),
    ...standingView(said.get(null)),
    columns: (asset.document?.columns ?? []).map(({ name }) => ({ column: name, ...standingView(said.get(name)) })),
  }
}

export const versionView = (record: DocumentationRecord): DocumentationVersion => ({
  ...textView(record),
  replacedAt: record.replacedAt?.toISOString() ?? null,
})

export const listedView = (record: ListedRecord): ListedDocumentation => ({
  ...textView(record),
  asset: assetRef(record.asset),
  column: record.column,
  shownText: record.shownText,
})

type Standing = Omit<Documentation, 'asset' | 'columns'>

const nothing: Omit<Standing, 'proposal'> = {
  text: null,
  sentences: [],
  source: null,
  model: null,
  promptVersion: null,
  version: null,
  confidence: null,
  state: null,
  jobId: null,
  writtenBy: null,
  writtenAt: null,
  decidedBy: null,
  decidedAt: null,
}

const standingView = (standing: StandingDocumentation | undefined): Standing => ({
  ...(standing?.shown ? textView(standing.shown) : nothing),
  proposal: standing?.proposal ? textView(standing.proposal) : null,
})

const textView = (record: DocumentationRecord): NonNullable<Documentation['proposal']> => ({
  text: record.text,
  sentences: record.sentences,
  source: record.source,
  model: record.model,
  promptVersion: record.promptVersion,
  version: record.version,
  confidence: record.confidence,
  state: record.state,
  jobId: record.jobId,
  writtenBy: record.writtenBy,
  writtenAt: record.writtenAt.toISOString(),
  decidedBy: record.decidedBy,
  decidedAt: record.decidedAt?.toISOString() ?? null,
})
