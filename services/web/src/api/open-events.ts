import { session } from './backend.ts'
import { queryString, type QueryValue } from './http.ts'

type OpenEvents = (lastEventId: string | null, signal: AbortSignal) => Promise<Response>

/** Opens a stream of server-sent events below `/api/v1` as who is signed in, behind the last event where one is named. */
export const openEvents =
  (path: string, query: Record<string, QueryValue> = {}): OpenEvents =>
  (lastEventId, signal) =>
    fetch(`/api/v1${path}${queryString(query)}`, {
      signal,
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${session.state().token ?? ''}`,
        ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
      },
    })
