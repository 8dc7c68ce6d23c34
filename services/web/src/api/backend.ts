import { browserStorage } from './browser-storage.ts'
import { observeServerTime } from '../live/server-clock.ts'
import { createHttp } from './http.ts'
import { createSession } from './session.ts'

/** The one session and the one client of this page. */
export const session = createSession(browserStorage())

export const http = createHttp({
  fetch: async (input, init) => {
    const response = await fetch(input, init)
    observeServerTime(response.headers.get('date'), Date.now())
    return response
  },
  token: () => session.state().token,
  onUnauthorized: () => session.signOut({ rejected: true }),
})
