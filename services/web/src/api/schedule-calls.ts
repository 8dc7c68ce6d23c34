import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from './backend.ts'
import { cursorPages } from './cursor-pages.ts'
import type { QueryValue } from './http.ts'
import type { CreateSchedule, Schedule, SchedulePreview, UpdateSchedule } from '@plumbline/api'

export const scheduleKeys = { all: ['schedules'] } as const

/** Ticks come without anyone doing anything, and one that was skipped starts no job that an event would tell of. */
const rereadEveryMs = 15_000

const pathOf = (scheduleId: string): string => `/schedules/${encodeURIComponent(scheduleId)}`

export const scheduleList = (query: Record<string, QueryValue>) =>
  infiniteQueryOptions({
    queryKey: [...scheduleKeys.all, 'list', query],
    refetchInterval: rereadEveryMs,
    ...cursorPages<Schedule>((cursor, signal) => http.get('/schedules', { ...query, limit: 50, cursor }, signal)),
  })

export const scheduleDetail = (scheduleId: string) =>
  queryOptions({
    queryKey: [...scheduleKeys.all, 'detail', scheduleId],
    queryFn: ({ signal }): Promise<Schedule> => http.get(pathOf(scheduleId), undefined, signal),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : rereadEveryMs),
  })

/** When a schedule would run; exactly one of `cron` and `interval` is given. */
export interface PreviewQuery {
  cron?: string | undefined
  interval?: string | undefined
  timezone: string
}

export const schedulePreview = (query: PreviewQuery) =>
  queryOptions({
    queryKey: [...scheduleKeys.all, 'preview', query],
    queryFn: ({ signal }): Promise<SchedulePreview> => http.get('/schedules/preview', { ...query, count: 5 }, signal),
    // What was shown stays while the next keystroke is looked up, so that the dialog does not jump.
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })

export const createSchedule = (input: CreateSchedule): Promise<Schedule> => http.post('/schedules', input)

export const updateSchedule = (scheduleId: string, input: UpdateSchedule): Promise<Schedule> =>
  http.patch(pathOf(scheduleId), input)

export const deleteSchedule = (scheduleId: string): Promise<void> => http.delete(pathOf(scheduleId))

export const pauseSchedule = (scheduleId: string, input: { reason?: string }): Promise<Schedule> =>
  http.post(`${pathOf(scheduleId)}/pause`, input)

export const resumeSchedule = (scheduleId: string): Promise<Schedule> => http.post(`${pathOf(scheduleId)}/resume`, {})

export const triggerSchedule = (scheduleId: string): Promise<Schedule> => http.post(`${pathOf(scheduleId)}/trigger`, {})
