import type { TokenStorage } from './browser-storage.ts'

/** Whether somebody is signed in; `rejected` when the gateway did not accept the token that was there. */
export interface SessionState {
  token: string | null
  rejected: boolean
}

export interface Session {
  state: () => SessionState
  signIn: (token: string) => void
  signOut: (options?: { rejected: boolean }) => void
  subscribe: (listener: () => void) => () => void
}

const storageKey = 'plumbline.token'

/** The token in `#token=…`, or null. */
export function tokenInHash(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token')
  return token === null || token.trim() === '' ? null : token.trim()
}

/** Keeps the token where a reload finds it; other tabs share it. */
export function createSession(storage: TokenStorage): Session {
  let state: SessionState = { token: storage.getItem(storageKey), rejected: false }
  const listeners = new Set<() => void>()
  const change = (next: SessionState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  return {
    state: () => state,
    signIn(token) {
      storage.setItem(storageKey, token)
      change({ token, rejected: false })
    },
    signOut(options = { rejected: false }) {
      storage.removeItem(storageKey)
      change({ token: null, rejected: options.rejected })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
