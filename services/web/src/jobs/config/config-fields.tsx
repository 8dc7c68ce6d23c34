import { Anchor, Checkbox, Group, Input, SegmentedControl, Stack, Switch, TagsInput, Text } from '@mantine/core'
import { configFields, type ConfigField, type JobType } from '@plumbline/workflows'
import { changedFields, choiceLabel, configError, shownValue, valueText, type Config } from './config-form-state.ts'
import { ConfigNumberField } from './config-number-field.tsx'
import classes from './config.module.css'

export interface ConfigFieldsProps {
  type: JobType
  /** What differs from the defaults of the type. */
  config: Config
  /** Fields that differ from this are marked, and can be put back. */
  before?: Config | undefined
  /** Messages under the paths of the API, as `config.include.0`. */
  errors: Record<string, string>
  onChange: (config: Config) => void
}

/** The configuration of any job type as a form, made from its schema. */
export function ConfigFields({ type, config, before, errors, onChange }: ConfigFieldsProps) {
  const changed = before === undefined ? [] : changedFields(type, before, config)
  return (
    <Stack gap="md">
      {configFields(type).map((field) => {
        const put = (value: unknown): void => onChange({ ...config, [field.name]: value })
        const was = before !== undefined && changed.includes(field.name) ? { value: shownValue(field, before) } : null
        return (
          <div key={`${type}.${field.name}`} className={was === null ? undefined : classes.changed}>
            <ConfigInput
              field={field}
              value={shownValue(field, config)}
              error={configError(field, config, errors)}
              onChange={put}
            />
            {was !== null && (
              <ChangedNote field={field} was={valueText(field, was.value)} onPutBack={() => put(was.value)} />
            )}
          </div>
        )
      })}
    </Stack>
  )
}

function ChangedNote({ field, was, onPutBack }: { field: ConfigField; was: string; onPutBack: () => void }) {
  return (
    <Text size="xs" mt={4} style={{ overflowWrap: 'anywhere' }}>
      Changed: was {was}.{' '}
      <Anchor component="button" type="button" size="xs" aria-label={`Put ${field.title} back`} onClick={onPutBack}>
        Put back
      </Anchor>
    </Text>
  )
}

interface ConfigInputProps<Field> {
  field: Field
  value: unknown
  error: string | null
  onChange: (value: unknown) => void
}

function ConfigInput({ field, value, error, onChange }: ConfigInputProps<ConfigField>) {
  switch (field.type) {
    case 'boolean':
      return (
        <Switch
          label={field.title}
          description={field.description}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'integer':
    case 'number':
      return (
        <ConfigNumberField
          field={field}
          value={typeof value === 'number' ? value : undefined}
          error={error}
          onChange={onChange}
        />
      )
    case 'string':
      return (
        <Input.Wrapper label={field.title} description={field.description} error={error} labelElement="div">
          <SegmentedControl
            mt={6}
            aria-label={field.title}
            data={field.enum.map((choice) => ({ value: choice, label: choiceLabel(choice) }))}
            value={typeof value === 'string' ? value : ''}
            onChange={onChange}
          />
        </Input.Wrapper>
      )
    case 'array':
      return <ListInput field={field} value={value} error={error} onChange={onChange} />
  }
}

/** Some of a few choices as boxes to tick; anything else is typed, one entry after the other. */
function ListInput({ field, value, error, onChange }: ConfigInputProps<Extract<ConfigField, { type: 'array' }>>) {
  const { title, description, items, examples = [], maxItems = Infinity } = field
  const list = Array.isArray(value) ? value.map(String) : []
  if (items.enum !== undefined) {
    return (
      <Checkbox.Group label={title} description={description} error={error} value={list} onChange={onChange}>
        <Group mt={6}>
          {items.enum.map((choice) => (
            <Checkbox key={choice} value={choice} label={choiceLabel(choice)} />
          ))}
        </Group>
      </Checkbox.Group>
    )
  }
  return (
    <TagsInput
      label={title}
      description={description}
      error={error}
      placeholder={list.length === 0 && examples.length > 0 ? `For example ${examples.join(', ')}` : ''}
      maxTags={maxItems}
      value={list}
      onChange={onChange}
    />
  )
}
