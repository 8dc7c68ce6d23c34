import { alertKinds, channelKinds, deliveryStates, incidentStates, jobTypes, noticeEvents } from '@plumbline/workflows'
import { z } from 'zod'
import { zErrorCode } from './jobs.ts'
import { zId, zPage, zPageQuery, zTime, zTimeInput } from './primitives.ts'
import { zTimezone } from './time-zone.ts'

const zName = z.string().trim().min(1).max(100)
const zNote = z.string().trim().min(1).max(1000).optional().describe('Kept in the audit')

const zRuleScope = z.strictObject({
  types: z.array(z.enum(jobTypes)).min(1).optional(),
  connectionId: zId.optional(),
  assetId: zId.optional().describe('It and all below it'),
  tag: z.string().trim().min(1).max(100).optional().describe('Of a column of the asset, or of one below it'),
})
const ruleFields = {
  name: zName,
  kind: z.enum(alertKinds).describe('What it looks out for'),
  scope: zRuleScope.describe('What it is limited to: to all that is named together'),
  channelIds: z.array(zId).max(50).nullable().describe('Where to tell of it; null: to every channel'),
}
export const zCreateAlertRule = z.strictObject({
  ...ruleFields,
  scope: ruleFields.scope.default({}),
  channelIds: ruleFields.channelIds.default(null),
  enabled: z.boolean().default(true),
})
export type CreateAlertRule = z.input<typeof zCreateAlertRule>
/** What is not given stays as it is. */
export const zUpdateAlertRule = z.strictObject({ ...ruleFields, enabled: z.boolean() }).partial()
export type UpdateAlertRule = z.input<typeof zUpdateAlertRule>

export const zAlertRule = z.object({
  id: zId,
  ...ruleFields,
  enabled: z.boolean(),
  createdBy: z.string(),
  createdAt: zTime,
  updatedAt: zTime,
})
export type AlertRule = z.infer<typeof zAlertRule>
export const zAlertRulePage = zPage(zAlertRule)

const zReceiver = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((url) => new URL(url).username === '', 'must have no user and password in it')
const zChannelTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), url: zReceiver }),
  z.strictObject({ kind: z.literal('slack'), url: zReceiver.describe('Of an incoming webhook') }),
  z.strictObject({ kind: z.literal('email'), to: z.array(z.email()).min(1).max(50) }),
])
const zClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as 22:00')
const zQuietHours = z
  .strictObject({ from: zClock, to: zClock, timezone: zTimezone.default('UTC') })
  .describe('What comes in these hours is told after them, together')
const channelFields = {
  name: zName,
  enabled: z.boolean(),
  maxPerHour: z.int().min(1).max(1_000).describe('More than so many notices an hour are told together'),
  quietHours: zQuietHours.nullable(),
}
export const zCreateAlertChannel = z.strictObject({
  ...channelFields,
  target: zChannelTarget.describe('Sealed: it is shown in part only'),
  enabled: channelFields.enabled.default(true),
  maxPerHour: channelFields.maxPerHour.default(30),
  quietHours: channelFields.quietHours.default(null),
})
export type CreateAlertChannel = z.input<typeof zCreateAlertChannel>
/** What is not given stays as it is. */
export const zUpdateAlertChannel = z
  .strictObject({ ...channelFields, target: zChannelTarget.describe('Of a webhook: makes a new signing secret too') })
  .partial()
export type UpdateAlertChannel = z.input<typeof zUpdateAlertChannel>

export const zAlertChannel = z.object({
  id: zId,
  kind: z.enum(channelKinds),
  ...channelFields,
  quietHours: z.object({ from: z.string(), to: z.string(), timezone: z.string() }).nullable(),
  address: z.string().describe('Where it leads: the host of a URL, or the recipients'),
  createdBy: z.string(),
  createdAt: zTime,
  updatedAt: zTime,
})
export type AlertChannel = z.infer<typeof zAlertChannel>
export const zAlertChannelPage = zPage(zAlertChannel)
export const zSavedAlertChannel = zAlertChannel.extend({
  secret: z
    .string()
    .nullable()
    .describe('Of a webhook that was given a target: signs what is sent to it (Standard Webhooks). Shown this once'),
})
export type SavedAlertChannel = z.infer<typeof zSavedAlertChannel>

export const zIncident = z.object({
  id: zId,
  kind: z.enum(alertKinds),
  state: z.enum(incidentStates).describe('Acknowledged and muted ones are not over'),
  title: z.string(),
  message: z.string().describe('Of the newest occurrence'),
  errorCode: zErrorCode.nullable(),
  hint: z.string().nullable().describe('What to do about such an error'),
  connection: z.object({ id: zId, name: z.string() }).nullable().describe('What it is about, with asset and jobType'),
  asset: z.object({ id: zId, qualifiedName: z.string() }).nullable().describe('Null: it is about more than one'),
  jobType: z.enum(jobTypes).nullable(),
  occurrences: z.int(),
  openedAt: zTime,
  lastAt: zTime,
  escalatedAt: zTime.nullable(),
  acknowledgedAt: zTime.nullable(),
  acknowledgedBy: z.string().nullable(),
  mutedUntil: zTime.nullable(),
  mutedBy: z.string().nullable(),
  resolvedAt: zTime.nullable(),
  resolvedBy: z.string().nullable().describe('Null where it was found to be over'),
})
export type Incident = z.infer<typeof zIncident>
export const zIncidentPage = zPage(zIncident)
export const zIncidentListQuery = zPageQuery.extend({
  state: z.enum(['open', 'resolved']).optional().describe('Open: all that are not resolved'),
  kind: z.enum(alertKinds).optional(),
  jobId: zId.optional().describe('Of which this job is an occurrence'),
  assetId: zId.optional(),
})

export const zIncidentDetail = zIncident.extend({
  recent: z
    .array(
      z.object({
        jobId: zId.nullable(),
        asset: z.object({ id: zId, qualifiedName: z.string() }),
        at: zTime,
        message: z.string(),
      }),
    )
    .describe('The newest occurrences, at most fifty'),
})
export type IncidentDetail = z.infer<typeof zIncidentDetail>

export const zActOnIncident = z.strictObject({ note: zNote })
export const zMuteIncident = z.strictObject({ until: zTimeInput.describe('In the future'), note: zNote })

export const zAlertDelivery = z.object({
  id: zId,
  event: z.enum(noticeEvents),
  channel: z.object({ id: zId, name: z.string() }),
  incident: z.object({ id: zId, title: z.string() }).nullable().describe('Null for a digest and a test'),
  state: z.enum(deliveryStates),
  reason: z.string().nullable().describe('Why it failed, or was skipped'),
  replayOf: zId.nullable(),
  digestId: zId.nullable().describe('The delivery by which it was told together with others'),
  tries: z.int(),
  log: z
    .array(z.object({ at: zTime, durationMs: z.number(), status: z.int().nullable(), error: z.string().nullable() }))
    .describe('The newest tries, at most twenty'),
  createdAt: zTime,
  endedAt: zTime.nullable(),
})
export type AlertDelivery = z.infer<typeof zAlertDelivery>
export const zAlertDeliveryPage = zPage(zAlertDelivery)
export const zAlertDeliveryListQuery = zPageQuery.extend({
  channelId: zId.optional(),
  incidentId: zId.optional(),
  state: z.enum(deliveryStates).optional(),
})
