import { Text } from '@mantine/core'
import { configFields, type JobType } from '@plumbline/workflows'
import { Facts } from '../../shell/facts.tsx'
import { changedFields, shownValue, valueText, type Config } from './config-form-state.ts'

/** Every option of a job in words; those that are not as by default stand out. */
export function OptionsList({ type, config }: { type: JobType; config: Config }) {
  const changed = changedFields(type, {}, config)
  return (
    <Facts
      facts={configFields(type).map((field) => [
        field.title,
        <Text key={field.name} span size="sm" fw={changed.includes(field.name) ? 600 : undefined}>
          {valueText(field, shownValue(field, config))}
          {!changed.includes(field.name) && field.default !== undefined && (
            <Text span size="xs" c="dimmed">
              {' '}
              (default)
            </Text>
          )}
        </Text>,
      ])}
    />
  )
}
