import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { channelKinds } from '@plumbline/workflows'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { alertKeys, createAlertChannel, updateAlertChannel } from '../../api/alert-calls.ts'
import { asProblem, fieldErrors } from '../../api/problem.ts'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { readersZone } from '../../text/time.ts'
import { channelKindLabels } from '../alert-labels.ts'
import { channelChangeOf, channelFormOf, newChannelOf, type ChannelForm } from './channel-form.ts'
import { SigningSecret } from './signing-secret.tsx'
import type { AlertChannel, SavedAlertChannel } from '@plumbline/api'

const shownFields = ['name', 'target.url', 'target.to']

/** Adds or changes a channel; the signing secret of a webhook is shown once after it. */
export function ChannelDialog({ channel, onClose }: { channel: AlertChannel | undefined; onClose: () => void }) {
  const [saved, setSaved] = useState<SavedAlertChannel | null>(null)
  const secret = saved?.secret ?? null
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      // A stray click would take away what cannot be shown again.
      closeOnClickOutside={secret === null}
      title={channel ? `Edit ${channel.name}` : 'New channel'}
    >
      {secret === null ? (
        <ChannelFields channel={channel} onSaved={(now) => (now.secret === null ? onClose() : setSaved(now))} />
      ) : (
        <SigningSecret secret={secret} onClose={onClose} />
      )}
    </Modal>
  )
}

interface ChannelFieldsProps {
  channel: AlertChannel | undefined
  onSaved: (saved: SavedAlertChannel) => void
}

function ChannelFields({ channel, onSaved }: ChannelFieldsProps) {
  const [form, setForm] = useState(() => channelFormOf(channel, readersZone()))
  const change = (next: Partial<ChannelForm>): void => setForm((before) => ({ ...before, ...next }))
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: () =>
      channel ? updateAlertChannel(channel.id, channelChangeOf(form, channel)) : createAlertChannel(newChannelOf(form)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: alertKeys.all })
      onSaved(saved)
    },
  })
  const errors = save.isError ? fieldErrors(asProblem(save.error)) : {}
  return (
    <form action={() => save.mutate()}>
      <Stack>
        {channel === undefined && (
          <SegmentedControl
            aria-label="Kind"
            data={channelKinds.map((value) => ({ value, label: channelKindLabels[value] }))}
            value={form.kind}
            onChange={(value) => change({ kind: channelKinds.find((one) => one === value) ?? 'webhook' })}
          />
        )}
        <TextInput
          label="Name"
          required
          data-autofocus
          value={form.name}
          error={errors['name']}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <TargetField channel={channel} form={form} errors={errors} onChange={change} />
        <NumberInput
          label="At most so many notices an hour"
          description="What is more is told together, as soon as there is room again"
          min={1}
          max={1_000}
          value={form.maxPerHour}
          onChange={(value) => change({ maxPerHour: Number(value) })}
        />
        <QuietFields form={form} onChange={change} />
        {save.isError && <ProblemAlert error={save.error} shownFields={shownFields} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {channel ? 'Save' : 'Add the channel'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FieldsProps {
  form: ChannelForm
  onChange: (change: Partial<ChannelForm>) => void
}

function TargetField({
  channel,
  form,
  errors,
  onChange,
}: FieldsProps & { channel: AlertChannel | undefined; errors: Record<string, string> }) {
  if (form.kind === 'email') {
    return (
      <Textarea
        label="Recipients"
        required
        autosize
        value={form.recipients}
        error={errors['target.to']}
        onChange={({ currentTarget }) => onChange({ recipients: currentTarget.value })}
      />
    )
  }
  return (
    <TextInput
      label="Address"
      type="url"
      required={channel === undefined}
      placeholder={form.kind === 'slack' ? 'https://hooks.slack.com/services/…' : 'https://…'}
      description={channel && `Now at ${channel.address}. Left empty, it stays`}
      value={form.url}
      error={errors['target.url']}
      onChange={({ currentTarget }) => onChange({ url: currentTarget.value })}
    />
  )
}

function QuietFields({ form, onChange }: FieldsProps) {
  return (
    <>
      <Switch
        label="Quiet hours"
        description="What comes in them is told after them, together"
        checked={form.quiet}
        onChange={({ currentTarget }) => onChange({ quiet: currentTarget.checked })}
      />
      {form.quiet && (
        <Group grow align="flex-start">
          <TextInput
            label="From"
            type="time"
            required
            value={form.from}
            onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
          />
          <TextInput
            label="To"
            type="time"
            required
            value={form.to}
            onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
          />
          <TextInput
            label="Time zone"
            required
            value={form.timezone}
            onChange={({ currentTarget }) => onChange({ timezone: currentTarget.value })}
          />
        </Group>
      )}
    </>
  )
}
