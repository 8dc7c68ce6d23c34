import { browserStorage } from './browser-storage.ts'
import { createHttp } from './http.ts'
import { createSession } from './session.ts'

/** The one session and the one client of this page. */
export const session = createSession(browserStorage())

export const http = createHttp({
  fetch: (input, init) => fetch(input, init),
  token: () => session.state().token,
  onUnauthorized: () => session.signOut({ rejected: true }),
})
