import type { AlertChannel, CreateAlertChannel, UpdateAlertChannel } from '@plumbline/api'
import type { ChannelKind } from '@plumbline/workflows'

/** A channel that is being edited. Where it leads is sealed: empty, it stays as it is. */
export interface ChannelForm {
  name: string
  kind: ChannelKind
  url: string
  /** One recipient a line, or separated by commas. */
  recipients: string
  maxPerHour: number
  quiet: boolean
  from: string
  to: string
  timezone: string
}

export const channelFormOf = (channel: AlertChannel | undefined, timezone: string): ChannelForm => ({
  name: channel?.name ?? '',
  kind: channel?.kind ?? 'webhook',
  url: '',
  recipients: channel?.kind === 'email' ? channel.address : '',
  maxPerHour: channel?.maxPerHour ?? 30,
  quiet: channel !== undefined && channel.quietHours !== null,
  from: channel?.quietHours?.from ?? '22:00',
  to: channel?.quietHours?.to ?? '07:00',
  timezone: channel?.quietHours?.timezone ?? timezone,
})

const settingsOf = ({ name, maxPerHour, quiet, from, to, timezone }: ChannelForm) => ({
  name,
  maxPerHour,
  quietHours: quiet ? { from, to, timezone } : null,
})

function targetOf({ kind, url, recipients }: ChannelForm): CreateAlertChannel['target'] {
  if (kind !== 'email') return { kind, url: url.trim() }
  return { kind, to: recipients.split(/[\s,;]+/).filter((one) => one !== '') }
}

export const newChannelOf = (form: ChannelForm): CreateAlertChannel => ({ ...settingsOf(form), target: targetOf(form) })

/** Without an address to replace the one before, that stays. */
export function channelChangeOf(form: ChannelForm, before: AlertChannel): UpdateAlertChannel {
  const stays = form.kind === 'email' ? form.recipients.trim() === before.address : form.url.trim() === ''
  return { ...settingsOf(form), ...(!stays && { target: targetOf(form) }) }
}
