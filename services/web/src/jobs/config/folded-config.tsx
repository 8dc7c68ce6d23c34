import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { counted } from '../../text/count.ts'
import { ConfigFields, type ConfigFieldsProps } from './config-fields.tsx'
import { changedFields } from './config-form-state.ts'

interface FoldedConfigProps extends ConfigFieldsProps {
  /** What the options are when nothing of them differs from `before`, or from the defaults. */
  unchanged: string
}

/** The options of a job where most people leave them as they are: in one line, until they are opened or one is wrong. */
export function FoldedConfig({ unchanged, ...fields }: FoldedConfigProps) {
  const [opened, { toggle }] = useDisclosure(false)
  const { type, config, before, errors } = fields
  const changed = changedFields(type, before ?? {}, config).length
  const wrong = Object.keys(errors).some((path) => path.startsWith('config.'))
  const shown = opened || wrong
  const Chevron = shown ? IconChevronDown : IconChevronRight
  const difference = `${counted(changed, 'option')} ${before === undefined ? 'not as by default' : 'changed'}`
  return (
    <Stack gap="sm" role="group" aria-label="Options">
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={shown}
          leftSection={<Chevron size={14} aria-hidden />}
          onClick={toggle}
        >
          Options
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {changed === 0 ? unchanged : difference}
        </Text>
      </Group>
      {shown && <ConfigFields {...fields} />}
    </Stack>
  )
}
