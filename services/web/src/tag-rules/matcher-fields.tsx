import { NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import type { TagRuleForm } from './tag-rule-form.ts'

const kinds = [
  { value: 'name', label: 'Names of columns' },
  { value: 'value', label: 'Values' },
  { value: 'dictionary', label: 'Words' },
] as const
const monospace = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } }

interface MatcherFieldsProps {
  form: TagRuleForm
  errors: Partial<Record<string, string>>
  onChange: (change: Partial<TagRuleForm>) => void
}

/** What a rule looks at, and what it looks for. */
export function MatcherFields({ form, errors, onChange }: MatcherFieldsProps) {
  return (
    <>
      <SegmentedControl
        aria-label="What it looks at"
        data={[...kinds]}
        value={form.kind}
        onChange={(value) => onChange({ kind: kinds.find((one) => one.value === value)?.value ?? 'name' })}
      />
      {form.kind === 'dictionary' ? (
        <Textarea
          label="Words"
          description="One a line; a value must be one of them, in capitals or not."
          required
          autosize
          minRows={4}
          maxRows={12}
          value={form.words}
          error={errors['matcher.words']}
          onChange={({ currentTarget }) => onChange({ words: currentTarget.value })}
        />
      ) : (
        <TextInput
          label="Pattern"
          description={
            form.kind === 'name'
              ? 'A regular expression, found anywhere in the name: ^badge_(no|id)$'
              : 'A regular expression that a whole value must match: E\\d{6}'
          }
          required
          styles={monospace}
          value={form.pattern}
          error={errors['matcher.pattern']}
          onChange={({ currentTarget }) => onChange({ pattern: currentTarget.value })}
        />
      )}
      {form.kind !== 'name' && (
        <NumberInput
          label="At least so many percent of the sampled values"
          min={1}
          max={100}
          value={form.minPercent}
          error={errors['matcher.minShare']}
          onChange={(value) => onChange({ minPercent: Number(value) })}
        />
      )}
    </>
  )
}
