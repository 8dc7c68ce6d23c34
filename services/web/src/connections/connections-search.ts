import { oneOf, textOf } from '../search-params.ts'

/** The dialogs of the page, so that other pages can link to them. */
export interface ConnectionsSearch {
  add?: 'open' | undefined
  /** The id of the connection that is edited. */
  edit?: string | undefined
}

export const parseConnectionsSearch = (raw: Record<string, unknown>): ConnectionsSearch => ({
  add: oneOf(raw, 'add', ['open']),
  edit: textOf(raw, 'edit'),
})
