import type { AlertChannel } from '@plumbline/api'
import { expect, test } from 'vitest'
import { channelChangeOf, channelFormOf, newChannelOf } from './channel-form.ts'

const email: AlertChannel = {
  id: 'c',
  kind: 'email',
  name: 'Night watch',
  enabled: true,
  maxPerHour: 5,
  quietHours: { from: '01:00', to: '02:00', timezone: 'Europe/Berlin' },
  address: 'ann@example.com, bob@example.com',
  createdBy: 'ann',
  createdAt: '2026-05-04T03:02:01Z',
  updatedAt: '2026-05-04T03:02:01Z',
}

test('recipients may be given in any way that people write lists', () => {
  const form = {
    ...channelFormOf(undefined, 'UTC'),
    kind: 'email' as const,
    recipients: 'a@b.example, c@d.example\ne@f.example',
  }
  expect(newChannelOf(form).target).toEqual({ kind: 'email', to: ['a@b.example', 'c@d.example', 'e@f.example'] })
})

test('a change without another address leaves the sealed one alone', () => {
  const form = channelFormOf(email, 'UTC')
  expect(channelChangeOf(form, email)).toEqual({ name: 'Night watch', maxPerHour: 5, quietHours: email.quietHours })
  expect(channelChangeOf({ ...form, quiet: false, recipients: 'ann@example.com' }, email)).toMatchObject({
    quietHours: null,
    target: { kind: 'email', to: ['ann@example.com'] },
  })
  const slack = { ...email, kind: 'slack' as const, address: 'https://hooks.slack.com' }
  expect(channelChangeOf(channelFormOf(slack, 'UTC'), slack)).not.toHaveProperty('target')
})
