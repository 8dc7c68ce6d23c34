import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { cursorPages } from './cursor-pages.ts'
import type { QueryValue } from './http.ts'
import type {
  AlertChannel,
  AlertDelivery,
  AlertRule,
  CreateAlertChannel,
  CreateAlertRule,
  Incident,
  IncidentDetail,
  SavedAlertChannel,
  UpdateAlertChannel,
  UpdateAlertRule,
} from '@plumbline/api'

export const alertKeys = { all: ['alerts'] } as const

/** Incidents come and go by themselves. */
const rereadEveryMs = 5_000
const pageSize = 50
const pathTo = (what: string, id: string): string => `/${what}/${encodeURIComponent(id)}`

export const incidentList = (query: Record<string, QueryValue>) =>
  infiniteQueryOptions({
    queryKey: [...alertKeys.all, 'incidents', query],
    refetchInterval: rereadEveryMs,
    ...cursorPages<Incident>((cursor, signal) => http.get('/incidents', { ...query, limit: pageSize, cursor }, signal)),
  })

export const incidentDetail = (incidentId: string) =>
  queryOptions({
    queryKey: [...alertKeys.all, 'incident', incidentId],
    queryFn: ({ signal }): Promise<IncidentDetail> => http.get(pathTo('incidents', incidentId), undefined, signal),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : rereadEveryMs),
  })

/** What a person does about an incident. */
export type IncidentAct = { action: 'acknowledge' | 'resolve' } | { action: 'mute'; until: string }

export const actOnIncident = (incidentId: string, { action, ...body }: IncidentAct): Promise<Incident> =>
  http.post(`${pathTo('incidents', incidentId)}/${action}`, body)

export const alertRules = () =>
  infiniteQueryOptions({
    queryKey: [...alertKeys.all, 'rules'],
    ...cursorPages<AlertRule>((cursor, signal) => http.get('/alert-rules', { limit: pageSize, cursor }, signal)),
  })

export const createAlertRule = (rule: CreateAlertRule): Promise<AlertRule> => http.post('/alert-rules', rule)
export const updateAlertRule = (ruleId: string, change: UpdateAlertRule): Promise<AlertRule> =>
  http.patch(pathTo('alert-rules', ruleId), change)
export const deleteAlertRule = (ruleId: string): Promise<void> => http.delete(pathTo('alert-rules', ruleId))

export const alertChannels = () =>
  infiniteQueryOptions({
    queryKey: [...alertKeys.all, 'channels'],
    ...cursorPages<AlertChannel>((cursor, signal) => http.get('/alert-channels', { limit: pageSize, cursor }, signal)),
  })

export const createAlertChannel = (channel: CreateAlertChannel): Promise<SavedAlertChannel> =>
  http.post('/alert-channels', channel)
export const updateAlertChannel = (channelId: string, change: UpdateAlertChannel): Promise<SavedAlertChannel> =>
  http.patch(pathTo('alert-channels', channelId), change)
export const deleteAlertChannel = (channelId: string): Promise<void> => http.delete(pathTo('alert-channels', channelId))
export const testAlertChannel = (channelId: string): Promise<AlertDelivery> =>
  http.post(`${pathTo('alert-channels', channelId)}/test`, {})

export const alertDeliveries = (query: Record<string, QueryValue>) =>
  infiniteQueryOptions({
    queryKey: [...alertKeys.all, 'deliveries', query],
    refetchInterval: rereadEveryMs,
    ...cursorPages<AlertDelivery>((cursor, signal) =>
      http.get('/alert-deliveries', { ...query, limit: pageSize, cursor }, signal),
    ),
  })

/** Asked again and again until it is over. */
export const alertDelivery = (deliveryId: string) =>
  queryOptions({
    queryKey: [...alertKeys.all, 'delivery', deliveryId],
    queryFn: ({ signal }): Promise<AlertDelivery> =>
      http.get(pathTo('alert-deliveries', deliveryId), undefined, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? 1_000 : false),
  })

export const replayDelivery = (deliveryId: string): Promise<AlertDelivery> =>
  http.post(`${pathTo('alert-deliveries', deliveryId)}/replay`, {})
