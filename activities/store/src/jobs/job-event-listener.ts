import { Client } from 'pg'
import { jobEventChannel } from './job-events.ts'

const connectMs = 10_000
/** How long after a lost connection the next is tried. */
const reconnectMs = 1_000

/**
 * Calls `onWake` after every commit that added job events, and once after each (re)connection, because a wake may have been
 * missed meanwhile. Needs a session of its own: a pool or a transaction-mode proxy loses notifications.
 */
export function listenForJobEvents(url: string, onWake: () => void): { close(): Promise<void> } {
  let closed = false
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined

  const again = () => {
    client = undefined
    if (!closed) timer = setTimeout(() => void connect(), reconnectMs)
  }
  const connect = async () => {
    const next = new Client({
      connectionString: url,
      application_name: 'plumbline events',
      keepAlive: true,
      connectionTimeoutMillis: connectMs,
    })
    client = next
    next.on('error', () => undefined)
    next.once('end', again)
    next.on('notification', onWake)
    try {
      await next.connect()
      await next.query(`listen ${jobEventChannel}`)
      onWake()
    } catch {
      await next.end().catch(() => undefined)
    }
  }
  void connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
