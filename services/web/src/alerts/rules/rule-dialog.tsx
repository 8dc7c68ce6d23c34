import { Autocomplete, Button, Group, Modal, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core'
import { alertKinds, assetKinds, isJobType, jobDefinition, jobTypes } from '@plumbline/workflows'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { alertChannels, alertKeys, createAlertRule, updateAlertRule } from '../../api/alert-calls.ts'
import { assetDetail } from '../../api/asset-calls.ts'
import { connectionList } from '../../api/connection-calls.ts'
import { asProblem, fieldErrors } from '../../api/problem.ts'
import { AssetPicker } from '../../assets/asset-picker.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { knownTags, tagLabel } from '../../text/tag-label.ts'
import { alertKindLabels } from '../alert-labels.ts'
import { ruleFormOf, ruleOfForm, type RuleForm } from './rule-form.ts'
import type { AlertRule } from '@plumbline/api'

const shownFields = ['name']

/** Adds or changes a rule. */
export function RuleDialog({ rule, onClose }: { rule: AlertRule | undefined; onClose: () => void }) {
  const [form, setForm] = useState(() => ruleFormOf(rule))
  const change = (next: Partial<RuleForm>): void => setForm((before) => ({ ...before, ...next }))
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: () => (rule ? updateAlertRule(rule.id, ruleOfForm(form)) : createAlertRule(ruleOfForm(form))),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: alertKeys.all })
      onClose()
    },
  })
  const errors = save.isError ? fieldErrors(asProblem(save.error)) : {}
  return (
    <Modal opened size="lg" onClose={onClose} title={rule ? `Edit ${rule.name}` : 'New alert rule'}>
      <form action={() => save.mutate()}>
        <Stack>
          <TextInput
            label="Name"
            required
            data-autofocus
            value={form.name}
            error={errors['name']}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          />
          <Select
            label="On"
            data={alertKinds.map((value) => ({ value, label: alertKindLabels[value] }))}
            allowDeselect={false}
            value={form.kind}
            onChange={(value) => change({ kind: alertKinds.find((one) => one === value) ?? 'failure' })}
          />
          <ScopeFields form={form} onChange={change} />
          <ChannelField form={form} onChange={change} />
          {save.isError && <ProblemAlert error={save.error} shownFields={shownFields} />}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {rule ? 'Save' : 'Add the rule'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface FieldsProps {
  form: RuleForm
  onChange: (change: Partial<RuleForm>) => void
}

/** What it is limited to; all of it together. */
function ScopeFields({ form, onChange }: FieldsProps) {
  const connections = useQuery(connectionList())
  const asset = useQuery({ ...assetDetail(form.assetId ?? ''), enabled: form.assetId !== null })
  return (
    <>
      <MultiSelect
        label="Only jobs of these types"
        data={jobTypes.map((type) => ({ value: type, label: jobDefinition(type).label }))}
        clearable
        value={form.types}
        onChange={(types) => onChange({ types: types.filter(isJobType) })}
      />
      <Select
        label="Only this connection"
        data={connections.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        clearable
        value={form.connectionId}
        onChange={(connectionId) => onChange({ connectionId })}
      />
      <AssetPicker
        key={asset.data?.id ?? 'none'}
        label="Only this asset, and what is below it"
        kinds={assetKinds}
        clearable
        value={form.assetId === null ? null : (asset.data ?? null)}
        onChoose={(chosen) => onChange({ assetId: chosen?.id ?? null })}
      />
      <Autocomplete
        label="Only assets with this tag"
        description="One that runs give, or one of a rule of yours"
        data={[...knownTags]}
        renderOption={({ option }) => tagLabel(option.value)}
        value={form.tag}
        onChange={(tag) => onChange({ tag })}
      />
    </>
  )
}

function ChannelField({ form: { channelIds }, onChange }: FieldsProps) {
  const channels = useInfiniteQuery(alertChannels())
  const known = channels.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <Switch
        label="Tell every channel"
        checked={channelIds === null}
        onChange={({ currentTarget }) => onChange({ channelIds: currentTarget.checked ? null : [] })}
      />
      {channelIds !== null && (
        <MultiSelect
          label="Channels"
          data={known.map(({ id, name }) => ({ value: id, label: name }))}
          value={channelIds}
          onChange={(chosen) => onChange({ channelIds: chosen })}
        />
      )}
    </>
  )
}
