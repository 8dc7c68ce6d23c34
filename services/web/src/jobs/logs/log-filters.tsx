import { Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { logLevels, type LogLevel } from '@plumbline/workflows'
import { useState } from 'react'
import type { LogFilter } from '../../api/log-calls.ts'
import type { JobStep } from '@plumbline/api'

/** The filter takes a level and what is more severe. */
const levelTexts: Record<LogLevel, string> = {
  debug: 'All levels',
  info: 'Info and above',
  warn: 'Warnings and errors',
  error: 'Errors',
}
const levelChoices = logLevels.map((level) => ({ value: level, label: levelTexts[level] }))

interface LogFiltersProps {
  steps: readonly JobStep[]
  filter: LogFilter
  onChange: (change: LogFilter) => void
}

export function LogFilters({ steps, filter, onChange }: LogFiltersProps) {
  const [text, setText] = useState(filter.q ?? '')
  const search = useDebouncedCallback((q: string) => onChange({ q: q === '' ? undefined : q }), 300)
  return (
    <Group gap="xs">
      <TextInput
        size="xs"
        w={180}
        type="search"
        aria-label="Search the log"
        placeholder="Search the log"
        maxLength={200}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          search(event.currentTarget.value.trim())
        }}
      />
      <Select
        size="xs"
        w={160}
        aria-label="Level"
        allowDeselect={false}
        data={levelChoices}
        value={filter.level ?? 'debug'}
        onChange={(level) => onChange({ level: level === null || level === 'debug' ? undefined : level })}
      />
      <Select
        size="xs"
        w={170}
        aria-label="Step"
        placeholder="Any step"
        clearable
        data={steps.map(({ name, label }) => ({ value: name, label }))}
        value={filter.step ?? null}
        onChange={(step) => onChange({ step: step ?? undefined })}
      />
    </Group>
  )
}
