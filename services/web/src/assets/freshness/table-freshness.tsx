import { Alert, Group, List, Stack, Text, Title } from '@mantine/core'
import { JobLink } from '../../jobs/job-link.tsx'
import { Facts } from '../../shell/facts.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { counted } from '../../text/count.ts'
import { durationText } from '../../text/duration.ts'
import { fullTime } from '../../text/time.ts'
import { BackTestSection } from './back-test-section.tsx'
import { DueTime } from './due-time.tsx'
import { ExpectationSummary } from './expectation-summary.tsx'
import { FreshnessCalendar } from './freshness-calendar.tsx'
import { confidenceText, methodLabels } from './freshness-labels.ts'
import { FreshnessMark } from './freshness-mark.tsx'
import { learningText } from './learning-text.ts'
import type { AssetDetail, Freshness } from '@plumbline/api'

/** Whether a table can be trusted now, how that is known, and how it was before. */
export function TableFreshnessView({ asset, freshness }: { asset: AssetDetail; freshness: Freshness }) {
  return (
    <>
      <Stack gap="xs">
        <Group gap="sm">
          <FreshnessMark state={freshness.state} detail={freshness.detail} />
          <Text size="sm" c="dimmed">
            {freshness.detail}
          </Text>
        </Group>
        <Now freshness={freshness} />
        {freshness.lastUpdate !== null && <Evidence lines={freshness.lastUpdate.evidence} />}
        {freshness.learning !== null && <Learning learning={freshness.learning} />}
      </Stack>
      <ExpectationSummary asset={asset} freshness={freshness} />
      {freshness.checkedAt !== null && (
        <>
          <Stack gap="xs">
            <Title order={2}>Updates</Title>
            <FreshnessCalendar assetId={asset.id} checkedAt={freshness.checkedAt} />
          </Stack>
          <BackTestSection assetId={asset.id} expectation={freshness.expectation} />
        </>
      )}
    </>
  )
}

function Now({ freshness }: { freshness: Freshness }) {
  const { lastUpdate, expected, checkedAt, jobId } = freshness
  return (
    <Facts
      facts={[
        ['Last update', lastUpdate === null ? 'Not known' : <LastUpdate key="at" update={lastUpdate} />],
        ['Found by', lastUpdate === null ? '–' : methodText(lastUpdate)],
        ['Confidence', lastUpdate === null ? '–' : confidenceText(lastUpdate.confidence)],
        [
          'Expected every',
          expected === null
            ? 'Not known yet'
            : `${durationText(expected.intervalMs)} (${expected.source === 'manual' ? 'set by a person' : 'learned'})`,
        ],
        ['Next update due', expected === null ? '–' : <DueTime key="due" at={expected.expectedBy} />],
        ['Stale from', expected === null ? '–' : <DueTime key="stale" at={expected.staleAt} />],
        [
          'Checked',
          checkedAt === null ? (
            'Never'
          ) : (
            <span key="checked">
              <TimeAgo at={checkedAt} />{' '}
              {jobId !== null && (
                <JobLink jobId={jobId} size="xs">
                  by this job
                </JobLink>
              )}
            </span>
          ),
        ],
        ...(freshness.partitions > 0 ? [['Partitions', counted(freshness.partitions, 'partition')] as const] : []),
      ]}
    />
  )
}

function LastUpdate({ update }: { update: NonNullable<Freshness['lastUpdate']> }) {
  if (update.after === null) return <TimeAgo at={update.at} />
  return (
    <span title={`Between ${fullTime(update.after)} and ${fullTime(update.at)}`}>
      <TimeAgo at={update.at} />, at the latest
    </span>
  )
}

function methodText({ method, column, partition }: NonNullable<Freshness['lastUpdate']>): string {
  const what = column === null ? methodLabels[method] : `${methodLabels[method]}: ${column}`
  return partition === null ? what : `${what}, in ${partition}`
}

function Evidence({ lines }: { lines: string[] }) {
  return (
    <List size="xs" c="dimmed" listStyleType="disc">
      {lines.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  )
}

function Learning({ learning }: { learning: NonNullable<Freshness['learning']> }) {
  return (
    <Alert color="blue" variant="light" title="Learning how often updates come">
      {learningText(learning)}
    </Alert>
  )
}
