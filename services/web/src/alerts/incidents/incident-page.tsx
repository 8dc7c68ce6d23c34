import { Anchor, Breadcrumbs, Container, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { incidentDetail } from '../../api/alert-calls.ts'
import { Section } from '../../jobs/detail/section.tsx'
import { JobLink } from '../../jobs/job-link.tsx'
import { Facts } from '../../shell/facts.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { PageBody } from '../../shell/page-body.tsx'
import { PageHeader } from '../../shell/page-header.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { numberText } from '../../text/count.ts'
import { shortId } from '../../text/short-id.ts'
import { DeliveryLog } from '../delivery-log.tsx'
import { IncidentActions } from './incident-actions.tsx'
import { incidentFacts } from './incident-facts.tsx'
import { IncidentStateMark } from './incident-state-mark.tsx'
import type { IncidentDetail } from '@plumbline/api'

const route = getRouteApi('/alerts/$incidentId')

/** All of one incident: what happened, how often, in which jobs, and who was told. */
export function IncidentPage() {
  const { incidentId } = route.useParams()
  const { data: incident, error, refetch } = useQuery(incidentDetail(incidentId))
  return (
    <>
      <Breadcrumbs px="md" pt="sm">
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/alerts" />}>
          Alerts
        </Anchor>
        <Text size="sm" c="dimmed">
          {shortId(incidentId)}
        </Text>
      </Breadcrumbs>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {incident === undefined && error === null && <PageLoading />}
      {incident !== undefined && <LoadedIncident incident={incident} />}
    </>
  )
}

function LoadedIncident({ incident }: { incident: IncidentDetail }) {
  return (
    <>
      <PageHeader title={incident.title} beside={<IncidentStateMark incident={incident} />}>
        <IncidentActions incident={incident} />
      </PageHeader>
      <PageBody>
        <Container size="lg" px={0} mx={0}>
          <Stack gap="lg">
            <Stack gap={4}>
              <Text>{incident.message}</Text>
              {incident.hint !== null && (
                <Text size="sm" c="dimmed">
                  {incident.hint}
                </Text>
              )}
            </Stack>
            <Facts facts={incidentFacts(incident)} />
            <Section title="Occurrences">
              <Occurrences incident={incident} />
            </Section>
            <Section title="Who was told">
              <DeliveryLog query={{ incidentId: incident.id }} />
            </Section>
          </Stack>
        </Container>
      </PageBody>
    </>
  )
}

function Occurrences({ incident: { recent, occurrences } }: { incident: IncidentDetail }) {
  return (
    <>
      {recent.length < occurrences && (
        <Text size="sm" c="dimmed">
          The newest {recent.length} of {numberText(occurrences)}
        </Text>
      )}
      <HeadedTable label="Occurrences" minWidth={560} headers={['When', 'Asset', 'Job', 'Message']}>
        {recent.map(({ at, asset, jobId, message }) => (
          <Table.Tr key={`${at} ${asset.id} ${jobId}`}>
            <Table.Td>
              <TimeAgo at={at} />
            </Table.Td>
            <Table.Td>
              <Anchor
                size="sm"
                renderRoot={(props) => <Link {...props} to="/assets/$assetId" params={{ assetId: asset.id }} />}
              >
                {asset.qualifiedName}
              </Anchor>
            </Table.Td>
            <Table.Td>
              {jobId !== null && (
                <JobLink jobId={jobId} size="sm">
                  {shortId(jobId)}
                </JobLink>
              )}
            </Table.Td>
            <Table.Td>{message}</Table.Td>
          </Table.Tr>
        ))}
      </HeadedTable>
    </>
  )
}
