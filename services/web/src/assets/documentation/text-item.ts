import type {
  AssetRef,
  Documentation,
  DocumentationReview,
  DocumentationText,
  ListedDocumentation,
} from '@plumbline/api'

/** What is said of one thing, as a row shows it. */
export interface TextItem {
  id: string
  assetId: string
  /** The column's name, or the asset's. */
  name: string
  /** Where several assets are listed: which one. */
  asset: AssetRef | null
  /** Null: the asset itself. */
  column: string | null
  text: DocumentationText | null
  /** A newer text of a run, beside one that a person stands behind. */
  proposal: DocumentationText | null
  /** The text that a person stands behind, whose place the shown one would take. */
  replaces: string | null
}

/** The text that a verdict would be about. */
export function openText({ text, proposal }: Pick<TextItem, 'text' | 'proposal'>): DocumentationText | null {
  if (proposal !== null) return proposal
  return text !== null && (text.state === 'proposed' || text.state === 'rejected') ? text : null
}

/** Those that wait, by the version that is seen. */
export const reviewable = (items: readonly TextItem[]): DocumentationReview['texts'] =>
  items.flatMap((item) => {
    const open = openText(item)
    return open === null ? [] : [{ assetId: item.assetId, column: item.column, version: open.version }]
  })

/** The table itself, and its columns in their order. */
export function itemsOf({ asset, columns, ...own }: Documentation): TextItem[] {
  const itemOf = (column: string | null, standing: Standing): TextItem => ({
    id: column === null ? 'asset' : `column ${column}`,
    assetId: asset.id,
    name: column ?? asset.name,
    asset: null,
    column,
    text: textOf(standing),
    proposal: standing.proposal,
    replaces: null,
  })
  return [itemOf(null, own), ...columns.map(({ column, ...standing }) => itemOf(column, standing))]
}

export const listedItem = ({ asset, column, shownText, ...text }: ListedDocumentation): TextItem => ({
  id: `${asset.id} ${text.version} ${column ?? ''}`,
  assetId: asset.id,
  name: column ?? asset.name,
  asset,
  column,
  text,
  proposal: null,
  replaces: shownText,
})

type Standing = Omit<Documentation, 'asset' | 'columns'>

/** Null where nothing is said. */
function textOf({ proposal: _proposal, ...standing }: Standing): DocumentationText | null {
  const { text, source, version, state, writtenAt } = standing
  if (text === null || source === null || version === null || state === null || writtenAt === null) return null
  return { ...standing, text, source, version, state, writtenAt }
}

/** Whether a name or a text has this part; case does not matter. */
export const mentions = ({ column, text, proposal }: TextItem, part: string): boolean =>
  [column ?? '', text?.text ?? '', proposal?.text ?? ''].some((one) => one.toLowerCase().includes(part.toLowerCase()))
