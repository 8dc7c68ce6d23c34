import { Select } from '@mantine/core'
import { readersZone } from '../../text/time.ts'
import { timeZones } from './time-zones.ts'

interface TimeZoneFieldProps {
  /** What the zone is for, after the sentence that names the reader's own. */
  purpose?: string
  value: string
  error: string | undefined
  onChange: (timezone: string) => void
}

/** One of the zones this browser knows, found by typing. */
export function TimeZoneField({ purpose, value, error, onChange }: TimeZoneFieldProps) {
  const yours = `Yours is ${readersZone()}`
  return (
    <Select
      label="Time zone"
      description={purpose === undefined ? yours : `${yours}. ${purpose}`}
      searchable
      allowDeselect={false}
      limit={100}
      maxDropdownHeight={280}
      nothingFoundMessage="No such time zone"
      data={timeZones(value)}
      value={value}
      error={error}
      onChange={(timezone) => timezone !== null && onChange(timezone)}
    />
  )
}
