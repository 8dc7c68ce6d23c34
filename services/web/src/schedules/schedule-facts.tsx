import { Badge, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconCloudOff, IconPlayerPause, IconPlayerSkipForward } from '@tabler/icons-react'
import { AssetName } from '../assets/asset-name.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { TimeUntil } from '../shell/time-until.tsx'
import { zonedTime } from '../text/time.ts'
import { lastTick } from './last-tick.ts'
import { RunJobs } from './run-jobs.tsx'
import { targetText } from './target-text.ts'
import type { Schedule } from '@plumbline/api'

/** What it runs on: the asset, or every one of a kind below it. */
export function ScheduleTarget({ schedule, truncate = false }: { schedule: Schedule; truncate?: boolean }) {
  const target = targetText(schedule.target)
  return (
    <div>
      <AssetName asset={schedule.asset} linked truncate={truncate} />
      {target !== null && (
        <Text size="xs" c="dimmed" pl={22}>
          {target}
        </Text>
      )}
    </div>
  )
}

/** The tick to come; of a paused schedule why there is none. */
export function NextRun({ schedule }: { schedule: Schedule }) {
  const next = schedule.nextRuns[0]
  if (schedule.paused) return <PausedMark schedule={schedule} />
  if (next === undefined) return <Text size="sm">None</Text>
  return (
    <div>
      <Text size="sm">
        <TimeUntil at={next} />
      </Text>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {zonedTime(next, schedule.timezone)}
      </Text>
    </div>
  )
}

/** What came of the newest tick: its jobs, or that it was skipped. */
export function LastRun({ schedule }: { schedule: Schedule }) {
  const last = lastTick(schedule)
  if (last === null) {
    return (
      <Text size="sm" c="dimmed">
        Not yet
      </Text>
    )
  }
  return (
    <Stack gap={0}>
      {last.kind === 'run' ? (
        <RunJobs run={last.run} schedule={schedule} />
      ) : (
        <Tooltip label={last.tick.message}>
          <Group gap={6} wrap="nowrap" w="fit-content" tabIndex={0}>
            <IconPlayerSkipForward size={17} aria-hidden />
            <Text span size="sm" fw={500}>
              Skipped
            </Text>
          </Group>
        </Tooltip>
      )}
      <Text size="xs" c="dimmed">
        <TimeAgo at={last.at} />
      </Text>
    </Stack>
  )
}

export function PausedMark({ schedule }: { schedule: Schedule }) {
  const why = [
    schedule.pausedBy === null ? 'Paused' : `Paused by ${schedule.pausedBy}`,
    schedule.pauseReason === null ? '' : `: ${schedule.pauseReason}`,
  ].join('')
  return (
    <Tooltip label={why}>
      <Badge
        variant="default"
        tt="none"
        tabIndex={0}
        leftSection={<IconPlayerPause size={12} aria-hidden />}
        aria-label={why}
      >
        Paused
      </Badge>
    </Tooltip>
  )
}

/** Shown while Temporal has not been told of the newest form yet. */
export function UnsyncedMark({ schedule }: { schedule: Schedule }) {
  if (schedule.synced) return null
  return (
    <Tooltip label="Saved, but Temporal has not been reached since: it runs by its older form until then">
      <Badge variant="light" color="yellow" tt="none" tabIndex={0} leftSection={<IconCloudOff size={12} aria-hidden />}>
        Not in effect yet
      </Badge>
    </Tooltip>
  )
}
