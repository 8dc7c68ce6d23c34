import { ActionIcon, Button, Chip, Group, Input, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { weekdayNames, weekdayOrder, type WindowForm } from './expectation-form.ts'

interface WindowFieldsProps {
  windows: WindowForm[]
  errors: Record<string, string>
  onChange: (windows: WindowForm[]) => void
}

/** The parts of the week in which no update is expected. */
export function WindowFields({ windows, errors, onChange }: WindowFieldsProps) {
  const replace = (key: number, part: Partial<WindowForm>): void =>
    onChange(windows.map((window) => (window.key === key ? { ...window, ...part } : window)))
  const add = (): void =>
    onChange([
      ...windows,
      { key: Math.max(-1, ...windows.map(({ key }) => key)) + 1, days: ['6', '0'], from: '00:00', to: '00:00' },
    ])
  return (
    <Input.Wrapper
      label="Maintenance"
      description="Time in which no update is expected does not count; to the same or an earlier time means of the next day"
      labelElement="div"
      error={Object.entries(errors).find(([field]) => field.startsWith('calendar.windows'))?.[1]}
    >
      <Stack gap="xs" mt={4}>
        {windows.map((window) => (
          <WindowRow
            key={window.key}
            window={window}
            onChange={(part) => replace(window.key, part)}
            onRemove={() => onChange(windows.filter(({ key }) => key !== window.key))}
          />
        ))}
        <Button
          size="compact-sm"
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
        >
          Add a time without updates
        </Button>
      </Stack>
    </Input.Wrapper>
  )
}

interface WindowRowProps {
  window: WindowForm
  onChange: (part: Partial<WindowForm>) => void
  onRemove: () => void
}

function WindowRow({ window, onChange, onRemove }: WindowRowProps) {
  return (
    <Group gap="xs">
      <Chip.Group multiple value={window.days} onChange={(days) => onChange({ days })}>
        <Group gap={4} role="group" aria-label="Days it begins on">
          {weekdayOrder.map((day) => (
            <Chip key={day} value={day} size="xs">
              {weekdayNames[Number(day)]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          type="time"
          size="xs"
          aria-label="From"
          value={window.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          size="xs"
          aria-label="To"
          value={window.to}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
        <ActionIcon variant="subtle" color="gray" aria-label="Remove this time" onClick={onRemove}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  )
}
