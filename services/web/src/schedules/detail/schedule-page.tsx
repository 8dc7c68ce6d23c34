import { Alert, Anchor, Breadcrumbs, Container, Stack, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerTrackNext } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { asProblem } from '../../api/problem.ts'
import { useMay } from '../../api/me.ts'
import { scheduleDetail } from '../../api/schedule-calls.ts'
import { OptionsSection } from '../../jobs/detail/options-section.tsx'
import { Section } from '../../jobs/detail/section.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import { PageHeader } from '../../shell/page-header.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { shortId } from '../../text/short-id.ts'
import { useScheduleCommands } from '../actions/use-schedule-commands.ts'
import { RunTimes } from '../run-times.tsx'
import { ScheduleActionsProvider } from '../schedule-actions.tsx'
import { UnsyncedMark } from '../schedule-facts.tsx'
import { ScheduleMenu } from '../schedule-menu.tsx'
import { DeletedSchedule } from './deleted-schedule.tsx'
import { RunsSection } from './runs-section.tsx'
import { ScheduleFacts } from './schedule-facts-section.tsx'
import { SkippedSection } from './skipped-section.tsx'
import classes from '../schedules.module.css'
import type { Schedule } from '@plumbline/api'

const route = getRouteApi('/schedules/$scheduleId')

export function SchedulePage() {
  const { scheduleId } = route.useParams()
  const navigate = useNavigate()
  const { data: schedule, error, refetch } = useQuery(scheduleDetail(scheduleId))
  const gone = error !== null && asProblem(error).status === 404
  return (
    <ScheduleActionsProvider onDeleted={() => void navigate({ to: '/schedules', replace: true })}>
      <Breadcrumbs px="md" pt="sm">
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/schedules" />}>
          Schedules
        </Anchor>
        <Text size="sm" c="dimmed">
          {schedule?.name ?? shortId(scheduleId)}
        </Text>
      </Breadcrumbs>
      {gone && <DeletedSchedule scheduleId={scheduleId} />}
      {error !== null && !gone && (
        <Container size="lg" px="md" py="sm" mx={0}>
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        </Container>
      )}
      {schedule === undefined && error === null && <PageLoading />}
      {schedule !== undefined && !gone && <LoadedSchedule schedule={schedule} />}
    </ScheduleActionsProvider>
  )
}

function LoadedSchedule({ schedule }: { schedule: Schedule }) {
  const may = useMay('operator')
  const { trigger } = useScheduleCommands()
  return (
    <>
      <PageHeader title={schedule.name} beside={<UnsyncedMark schedule={schedule} />}>
        <GatedButton
          size="xs"
          variant="default"
          leftSection={<IconPlayerTrackNext size={15} aria-hidden />}
          loading={trigger.isPending}
          decision={may}
          onClick={() => trigger.mutate(schedule)}
        >
          Trigger now
        </GatedButton>
        <ScheduleMenu schedule={schedule} />
      </PageHeader>
      <div className={classes.list}>
        <Container size="lg" px={0} mx={0}>
          <Stack gap="lg">
            <PausedNote schedule={schedule} />
            <ScheduleFacts schedule={schedule} />
            {!schedule.paused && (
              <Section title="Next runs">
                {schedule.nextRuns.length === 0 ? (
                  <Text size="sm">None: no date to come is like that.</Text>
                ) : (
                  <RunTimes times={schedule.nextRuns.slice(0, 5)} timezone={schedule.timezone} />
                )}
              </Section>
            )}
            <RunsSection schedule={schedule} />
            <SkippedSection schedule={schedule} />
            <OptionsSection type={schedule.type} config={schedule.config} />
          </Stack>
        </Container>
      </div>
    </>
  )
}

function PausedNote({ schedule }: { schedule: Schedule }) {
  const may = useMay('admin')
  const { resume } = useScheduleCommands()
  if (!schedule.paused) return null
  return (
    <Alert
      color="gray"
      variant="light"
      icon={<IconPlayerPause aria-hidden />}
      title={schedule.pausedBy === null ? 'Paused' : `Paused by ${schedule.pausedBy}`}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{schedule.pauseReason ?? 'No tick starts anything until it is resumed.'}</Text>
        <GatedButton
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          loading={resume.isPending}
          decision={may}
          onClick={() => resume.mutate(schedule)}
        >
          Resume
        </GatedButton>
      </Stack>
    </Alert>
  )
}
