import { Group, List, Text } from '@mantine/core'
import { TimeUntil } from '../shell/time-until.tsx'
import { readersZone, zonedTime } from '../text/time.ts'

/** Times to come, by the clock of the schedule and, where it shows something else, by the reader's. */
export function RunTimes({ times, timezone }: { times: readonly string[]; timezone: string }) {
  return (
    <List listStyleType="none" spacing={4}>
      {times.map((at) => {
        const there = zonedTime(at, timezone)
        const here = zonedTime(at, readersZone())
        return (
          <List.Item key={at}>
            <Group gap="xs" style={{ rowGap: 0 }}>
              <Text span size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {there}
              </Text>
              {here !== there && (
                <Text span size="xs" c="dimmed">
                  yours: {here}
                </Text>
              )}
              <Text span size="xs" c="dimmed">
                <TimeUntil at={at} />
              </Text>
            </Group>
          </List.Item>
        )
      })}
    </List>
  )
}
