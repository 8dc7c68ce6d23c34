import { queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { allItems, type Cursor, type Page } from './cursor-pages.ts'
import type { Connection, ConnectionTest, CreateConnectionInput, UpdateConnection } from '@plumbline/api'

export const connectionKeys = { all: ['connections'] } as const

const pathOf = (connectionId: string): string => `/connections/${encodeURIComponent(connectionId)}`

/** All connections: an organization has tens of them, so the pages are put together here. */
export const connectionList = () =>
  queryOptions({
    queryKey: connectionKeys.all,
    queryFn: async ({ signal }): Promise<Connection[]> => {
      const load = (cursor: Cursor): Promise<Page<Connection>> =>
        http.get('/connections', { limit: 200, cursor }, signal)
      return (await allItems(load)).items
    },
  })

export const createConnection = (input: CreateConnectionInput): Promise<Connection> => http.post('/connections', input)

export const updateConnection = (connectionId: string, input: UpdateConnection): Promise<Connection> =>
  http.patch(pathOf(connectionId), input)

export const deleteConnection = (connectionId: string): Promise<void> => http.delete(pathOf(connectionId))

export const testConnection = (connectionId: string): Promise<ConnectionTest> =>
  http.post(`${pathOf(connectionId)}/test`, {})
