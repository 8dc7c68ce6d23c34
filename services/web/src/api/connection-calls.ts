import { queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import type { Page } from './cursor-pages.ts'
import type { Connection, ConnectionTest, CreateConnection, UpdateConnection } from '@plumbline/api'

export const connectionKeys = { all: ['connections'] } as const

const pathOf = (connectionId: string): string => `/connections/${encodeURIComponent(connectionId)}`

/** All connections: an organization has tens of them, so the pages are put together here. */
export const connectionList = () =>
  queryOptions({
    queryKey: connectionKeys.all,
    queryFn: async ({ signal }): Promise<Connection[]> => {
      const items: Connection[] = []
      let cursor: string | undefined
      do {
        // Each page needs the cursor of the one before it.
        // oxlint-disable-next-line no-await-in-loop
        const page: Page<Connection> = await http.get('/connections', { limit: 200, cursor }, signal)
        items.push(...page.items)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return items
    },
  })

export const createConnection = (input: CreateConnection): Promise<Connection> => http.post('/connections', input)

export const updateConnection = (connectionId: string, input: UpdateConnection): Promise<Connection> =>
  http.patch(pathOf(connectionId), input)

export const deleteConnection = (connectionId: string): Promise<void> => http.delete(pathOf(connectionId))

export const testConnection = (connectionId: string): Promise<ConnectionTest> =>
  http.post(`${pathOf(connectionId)}/test`, {})
