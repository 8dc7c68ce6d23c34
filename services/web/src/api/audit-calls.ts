import { infiniteQueryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { cursorPages } from './cursor-pages.ts'
import type { QueryValue } from './http.ts'
import type { AuditEntry } from '@plumbline/api'

export const auditList = (query: Record<string, QueryValue>) =>
  infiniteQueryOptions({
    queryKey: ['audit', query],
    ...cursorPages<AuditEntry>((cursor, signal) => http.get('/audit', { ...query, limit: 50, cursor }, signal)),
    staleTime: 0,
  })
