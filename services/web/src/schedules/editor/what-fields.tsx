import { Input, Select, Stack, Text, TextInput } from '@mantine/core'
import { jobDefinition, jobTypes } from '@plumbline/workflows'
import { AssetName } from '../../assets/asset-name.tsx'
import { everyKind } from '../target-text.ts'
import { AssetPicker } from '../../assets/asset-picker.tsx'
import { choosableKinds, eachKinds, withEach, withType, type ScheduleForm } from './schedule-form-state.ts'

export interface FieldsProps {
  form: ScheduleForm
  /** Of a stored schedule type and asset stay: its history is about them. */
  stored: boolean
  /** Messages by field. */
  errors: Record<string, string>
  onChange: (change: Partial<ScheduleForm>) => void
}

/** What is run, and on what. */
export function WhatFields({ form, stored, errors, onChange }: FieldsProps) {
  const definition = jobDefinition(form.type)
  return (
    <Stack gap="sm">
      {stored ? (
        <Input.Wrapper label="Job type" labelElement="div">
          <Text size="sm">{definition.label}</Text>
        </Input.Wrapper>
      ) : (
        <Select
          label="Job type"
          data-autofocus
          description={definition.description}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDeselect={false}
          data={jobTypes.map((type) => ({ value: type, label: jobDefinition(type).label }))}
          value={form.type}
          error={errors['type']}
          onChange={(type) => type !== null && onChange(withType(form, type))}
          renderOption={({ option }) => (
            <div>
              {option.label}
              <Text size="xs" c="dimmed">
                {jobDefinition(option.value).description}
              </Text>
            </div>
          )}
        />
      )}
      <TargetFields form={form} stored={stored} errors={errors} onChange={onChange} />
    </Stack>
  )
}

function TargetFields({ form, stored, errors, onChange }: FieldsProps) {
  const kinds = eachKinds(form.type)
  const { asset, each } = form
  return (
    <>
      {kinds.length > 0 && (
        <Select
          label="Starts"
          allowDeselect={false}
          data={[
            { value: 'itself', label: 'One job on the asset' },
            ...kinds.map((kind) => ({ value: kind, label: `One job for ${everyKind(kind)} below it` })),
          ]}
          value={each ?? 'itself'}
          onChange={(chosen) => onChange(withEach(form, kinds.find((kind) => kind === chosen) ?? null))}
        />
      )}
      {stored && asset !== null ? (
        <Input.Wrapper label="Asset" labelElement="div" error={errors['target.each']}>
          <AssetName asset={asset} />
        </Input.Wrapper>
      ) : (
        <AssetPicker
          label={each === null ? 'Asset' : 'Below which asset'}
          kinds={choosableKinds(form)}
          value={asset}
          error={errors['assetId'] ?? errors['target.each']}
          onChoose={(chosen) => onChange({ asset: chosen })}
        />
      )}
      {each !== null && (
        <TextInput
          label="Only names like"
          description="Optional; the whole dotted name, where * stands for any text. Which ones there are is looked up at every tick."
          placeholder={`${asset?.qualifiedName ?? 'shop'}.*`}
          maxLength={200}
          value={form.matching}
          error={errors['target.matching']}
          onChange={(event) => onChange({ matching: event.currentTarget.value })}
        />
      )}
    </>
  )
}
