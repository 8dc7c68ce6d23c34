import { Stack, Tabs } from '@mantine/core'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { LogPanel } from '../logs/log-panel.tsx'
import { FactsSection } from './facts-section.tsx'
import { OptionsSection } from './options-section.tsx'
import { RelatedSection } from './related-section.tsx'
import { StepsSection } from './steps-section.tsx'
import { WarningsSection } from './warnings-section.tsx'
import type { JobDetail } from '@plumbline/api'

/** Which is open stands behind the `#` of the address, so that a link can lead to a log. */
export function DetailTabs({ job, overList }: { job: JobDetail; overList: boolean }) {
  const open = useRouterState({ select: ({ location }) => (location.hash === 'logs' ? 'logs' : 'overview') })
  const navigate = useNavigate()
  const show = (tab: string | null): void => {
    void navigate({
      to: '/jobs/$jobId',
      params: { jobId: job.id },
      search: true,
      state: true,
      replace: true,
      hashScrollIntoView: false,
      ...(tab === 'logs' ? { hash: 'logs' } : {}),
    })
  }
  return (
    <Tabs value={open} keepMounted={false} onChange={show}>
      <Tabs.List mb="md">
        <Tabs.Tab value="overview">Overview</Tabs.Tab>
        <Tabs.Tab value="logs">Logs</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview">
        <Stack gap="lg">
          <StepsSection job={job} overList={overList} />
          <WarningsSection job={job} />
          <RelatedSection job={job} overList={overList} />
          <OptionsSection type={job.type} config={job.config} />
          <FactsSection job={job} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="logs">
        <Stack gap="xs">
          <LogPanel job={job} />
        </Stack>
      </Tabs.Panel>
    </Tabs>
  )
}
