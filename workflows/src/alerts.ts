import type { ErrorCode } from './errors.ts'
import type { JobType } from './registry.ts'

/** What a rule looks out for. A new organization has one rule of each. */
export const alertKinds = [
  'failure',
  'regression',
  'long_running',
  'late_schedule',
  'breaking_change',
  'stale_table',
  'metric_anomaly',
  'new_pii',
] as const
export type AlertKind = (typeof alertKinds)[number]

/** Where notices go. */
export const channelKinds = ['webhook', 'slack', 'email'] as const
export type ChannelKind = (typeof channelKinds)[number]

/** What is told: of an incident; of what was held back for a while; or nothing but that the channel works. */
export const noticeEvents = ['opened', 'escalated', 'recovered', 'digest', 'test'] as const
export type NoticeEvent = (typeof noticeEvents)[number]

/** Held: by the limit or the quiet hours of its channel. Digested: told together with others. Skipped: it had become untrue. */
export const deliveryStates = ['held', 'pending', 'delivered', 'failed', 'skipped', 'digested'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** What an incident looks like to people: muted and acknowledged ones are open. */
export const incidentStates = ['open', 'acknowledged', 'muted', 'resolved'] as const
export type IncidentState = (typeof incidentStates)[number]

/** What a rule is limited to; without any of them it is for all. */
export interface RuleScope {
  types?: JobType[]
  connectionId?: string
  /** It and all below it. */
  assetId?: string
  /** Of a column of the asset, or of one below it. */
  tag?: string
}

/** A daily span in which a channel is left alone, `22:00` to `07:00`; by the clocks of a time zone. */
export interface QuietHours {
  from: string
  to: string
  timezone: string
}

/**
 * How far a cause reaches: errors of these codes are of the connection, or of the installation, whatever asset the job was on.
 * All others are of the asset.
 */
const reachOfCode: Partial<Record<ErrorCode, 'connection' | 'installation'>> = {
  'connection-refused': 'connection',
  'connection-timeout': 'connection',
  'connection-lost': 'connection',
  'host-not-found': 'connection',
  'tls-failed': 'connection',
  'authentication-failed': 'connection',
  'database-not-found': 'connection',
  'too-many-connections': 'connection',
  'credentials-unreadable': 'connection',
  'record-unreachable': 'installation',
  'engine-unreachable': 'installation',
  'worker-lost': 'installation',
  'run-lost': 'installation',
  'model-refused': 'installation',
  'model-unavailable': 'installation',
}

export const reachOf = (code: ErrorCode): 'asset' | 'connection' | 'installation' => reachOfCode[code] ?? 'asset'
