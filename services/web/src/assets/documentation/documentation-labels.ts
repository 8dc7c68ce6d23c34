import type { DocumentationSentence, DocumentationText } from '@plumbline/api'
import type { DocumentationEvidenceKind } from '@plumbline/workflows'

export const partLabels: Record<DocumentationSentence['part'], string> = {
  purpose: 'Purpose',
  grain: 'Grain',
  keys: 'Keys',
  relationships: 'Relationships',
  facts: 'Facts',
  meaning: 'Meaning',
  format: 'Format',
  values: 'Values',
  caveats: 'Caveats',
}

export const evidenceLabels: Record<DocumentationEvidenceKind, string> = {
  name: 'Name',
  type: 'Type',
  key: 'Key',
  comment: 'Comment',
  definition: 'Definition',
  tag: 'Tag',
  lineage: 'Lineage',
  neighbour: 'Neighbour',
  freshness: 'Freshness',
  profile: 'Sample',
}

/** `AI: a-model, prompt 3`, `Rules, version 2`, `ann` */
export function sourceText({ source, model, promptVersion, writtenBy }: DocumentationText): string {
  if (source === 'manual') return `Written by ${writtenBy ?? 'a person'}`
  if (source === 'rules') return promptVersion === null ? 'Rules' : `Rules, ${promptVersion}`
  return [`AI: ${model ?? 'a model'}`, ...(promptVersion === null ? [] : [`prompt ${promptVersion}`])].join(', ')
}

/** What people said of it; of a person's own text nothing is to be said. */
export function verdictText({ state, decidedBy }: DocumentationText): string | null {
  switch (state) {
    case 'proposed':
      return 'Not reviewed'
    case 'accepted':
      return `Accepted by ${decidedBy ?? 'a person'}`
    case 'rejected':
      return `Rejected by ${decidedBy ?? 'a person'}`
    case 'edited':
      return null
  }
}

export const sureText = (confidence: number): string => `${Math.round(confidence * 100)} % sure`
