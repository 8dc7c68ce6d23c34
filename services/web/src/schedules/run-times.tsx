import { Text } from '@mantine/core'
import { TimeUntil } from '../shell/time-until.tsx'
import { readersTime, zonedTime } from '../text/time.ts'
import classes from './schedules.module.css'

/** Times to come, by the clock of the schedule and, where it shows something else, by the reader's. */
export function RunTimes({ times, timezone }: { times: readonly string[]; timezone: string }) {
  return (
    <ul className={classes.times}>
      {times.map((at) => {
        const here = readersTime(at, timezone)
        return (
          <li key={at}>
            <Text span size="sm">
              {zonedTime(at, timezone)}
            </Text>
            <Text span size="sm" c="dimmed">
              {here !== null && `${here} your time`}
            </Text>
            <Text span size="sm" c="dimmed">
              <TimeUntil at={at} />
            </Text>
          </li>
        )
      })}
    </ul>
  )
}
