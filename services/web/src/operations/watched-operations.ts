import { browserStorage, type TokenStorage } from '../api/browser-storage.ts'

export interface WatchedOperations {
  ids: () => readonly string[]
  add: (operationId: string) => void
  remove: (operationId: string) => void
  subscribe: (listener: () => void) => () => void
}

const storageKey = 'plumbline.operations'
/** The oldest gives way: nobody follows more at once. */
const most = 5

/** The bulk operations that this page shows the progress of; kept where a reload finds them. */
export function createWatchedOperations(storage: TokenStorage): WatchedOperations {
  let ids = read(storage.getItem(storageKey))
  const listeners = new Set<() => void>()
  const change = (next: readonly string[]): void => {
    ids = next
    if (ids.length === 0) storage.removeItem(storageKey)
    else storage.setItem(storageKey, JSON.stringify(ids))
    for (const listener of listeners) listener()
  }
  return {
    ids: () => ids,
    add: (id) => change([...ids.filter((known) => known !== id), id].slice(-most)),
    remove: (id) => change(ids.filter((known) => known !== id)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function read(text: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

export const watchedOperations = createWatchedOperations(browserStorage())
