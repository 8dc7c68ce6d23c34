export type TokenStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The storage of the browser; where it is switched off, one that lasts as long as the page. */
export function browserStorage(): TokenStorage {
  try {
    return localStorage
  } catch {
    return memoryStorage()
  }
}

export function memoryStorage(): TokenStorage {
  const values = new Map<string, string>()
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
}
