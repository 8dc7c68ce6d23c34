import { Anchor, Badge, Button, Card, Group, Loader, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { JobLink } from '../jobs/job-link.tsx'
import { GivenName } from '../shell/given-name.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { shortId } from '../text/short-id.ts'
import { AnswerChart } from './answer-chart.tsx'
import { AnswerText } from './answer-text.tsx'
import type { Exchange } from './use-conversation.ts'
import type { AskAnswer } from '@plumbline/api'

/** Of an answer's jobs so many are linked one by one; the rest are behind the link to all. */
const linkedJobs = 8

interface AnswerCardProps {
  exchange: Exchange
  /** Puts another question. */
  onAsk: (question: string) => void
  /** Jobs open over the list that lies below. */
  overList?: boolean | undefined
  /** A link leads away from here. */
  onLeave?: (() => void) | undefined
}

/** A question with its answer, how it was understood, and where to go from there. */
export function AnswerCard({ exchange: { question, answer, error }, onAsk, ...place }: AnswerCardProps) {
  return (
    <Card component="article" withBorder aria-label={question}>
      <Stack gap="sm">
        <Text fw={600}>{question}</Text>
        {answer === undefined && error === undefined && <Loader size="sm" aria-label="Answering" />}
        {error !== undefined && <ProblemAlert error={error} onRetry={() => onAsk(question)} />}
        {answer !== undefined && <AnswerBody answer={answer} onAsk={onAsk} {...place} />}
      </Stack>
    </Card>
  )
}

function AnswerBody({
  answer,
  onAsk,
  overList = false,
  onLeave = () => undefined,
}: Omit<AnswerCardProps, 'exchange'> & { answer: AskAnswer }) {
  const { table, chart, jobs, suggestions, interpretation, declined, dataAsOf, engine, model, note } = answer
  return (
    <>
      <AnswerText markdown={answer.answer} />
      {chart !== undefined && <AnswerChart chart={chart} />}
      {table !== undefined && <AnswerTable table={table} />}
      {jobs.length > 0 && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            Jobs:
          </Text>
          {jobs.slice(0, linkedJobs).map((jobId) => (
            <JobLink key={jobId} jobId={jobId} size="sm" overList={overList} onClick={onLeave}>
              {shortId(jobId)}
            </JobLink>
          ))}
        </Group>
      )}
      {suggestions.length > 0 && (
        <Group gap="xs">
          {suggestions.map((text) => (
            <Button key={text} size="compact-xs" variant="light" onClick={() => onAsk(text)}>
              {text}
            </Button>
          ))}
        </Group>
      )}
      <Group gap="xs">
        {declined ? (
          <Badge variant="light" color="gray">
            Declined
          </Badge>
        ) : (
          <Text size="xs" c="dimmed">
            Understood as: {interpretation.text} ·{' '}
            <Anchor size="xs" renderRoot={(props) => <Link {...props} to={interpretation.link} onClick={onLeave} />}>
              {interpretation.link.startsWith('/jobs') ? 'show these jobs' : 'open the page'}
            </Anchor>
          </Text>
        )}
        <Text size="xs" c="dimmed">
          As of <TimeAgo at={dataAsOf} />, by{' '}
          {engine === 'rules' ? 'rules, without a model' : `the model ${model ?? ''}; its figures were checked`}
        </Text>
      </Group>
      {note !== undefined && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </>
  )
}

function AnswerTable({ table: { columns, rows } }: { table: NonNullable<AskAnswer['table']> }) {
  return (
    <HeadedTable label="Figures of the answer" minWidth={120 * columns.length} headers={columns}>
      {rows.map((row) => (
        <Table.Tr key={JSON.stringify(row)}>
          {columns.map((column, index) => (
            <Table.Td key={column}>
              <GivenName>{row[index] ?? '–'}</GivenName>
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}
