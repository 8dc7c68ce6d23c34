import { Anchor, Group } from '@mantine/core'
import { IconHistory, IconTimelineEvent } from '@tabler/icons-react'
import { jobDefinition } from '@plumbline/workflows'
import { Link } from '@tanstack/react-router'
import { Facts } from '../../shell/facts.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { spelledDuration } from '../editor/duration-text.ts'
import { overlapTexts } from '../editor/overlap-texts.ts'
import { ScheduleTarget } from '../schedule-facts.tsx'
import type { Schedule } from '@plumbline/api'

/** What it is, and where its history is found. */
export function ScheduleFacts({ schedule }: { schedule: Schedule }) {
  const { type, description, timezone, cron, interval, overlap, jitter, createdBy, createdAt, updatedAt } = schedule
  return (
    <>
      <Facts
        facts={[
          ['Job', jobDefinition(type).label],
          ['On', <ScheduleTarget key="target" schedule={schedule} />],
          ['Runs', description],
          ['Time zone', timezone],
          cron === null
            ? ['Interval', interval === null ? 'None' : spelledDuration(interval)]
            : ['Cron expression', <code key="cron">{cron}</code>],
          ['While one is still active', overlapTexts[overlap].label],
          ['Jitter', jitter === null ? 'None' : `Up to ${spelledDuration(jitter)}`],
          [
            'Added',
            <>
              <TimeAgo at={createdAt} />, by {createdBy}
            </>,
          ],
          ['Changed', <TimeAgo key="changed" at={updatedAt} />],
        ]}
      />
      <Group gap="md">
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link {...props} to="/jobs" search={{ trigger: 'schedule', type: [type], assetId: schedule.assetId }} />
          )}
        >
          <IconTimelineEvent size={14} aria-hidden style={{ verticalAlign: -2 }} /> All scheduled jobs of this asset
        </Anchor>
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/audit" search={{ targetId: schedule.id }} />}>
          <IconHistory size={14} aria-hidden style={{ verticalAlign: -2 }} /> Who changed it
        </Anchor>
      </Group>
    </>
  )
}
