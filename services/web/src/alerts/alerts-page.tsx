import { Tabs } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { PageBody } from '../shell/page-body.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { ChannelList } from './channels/channel-list.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { IncidentList } from './incidents/incident-list.tsx'
import { RuleList } from './rules/rule-list.tsx'
import { alertTabs } from './alerts-search.ts'

const route = getRouteApi('/alerts')
const labels = { incidents: 'Incidents', rules: 'Rules', channels: 'Channels', deliveries: 'Deliveries' } as const

/** What went wrong, what makes it known, and to whom. */
export function AlertsPage() {
  const { tab = 'incidents' } = route.useSearch()
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title="Alerts" />
      <PageBody>
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(chosen) =>
            void navigate({ to: '/alerts', search: { tab: alertTabs.find((one) => one === chosen) }, replace: true })
          }
        >
          <Tabs.List mb="sm">
            {alertTabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {labels[one]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="incidents">
            <IncidentList />
          </Tabs.Panel>
          <Tabs.Panel value="rules">
            <RuleList />
          </Tabs.Panel>
          <Tabs.Panel value="channels">
            <ChannelList />
          </Tabs.Panel>
          <Tabs.Panel value="deliveries">
            <DeliveryLog query={{}} />
          </Tabs.Panel>
        </Tabs>
      </PageBody>
    </>
  )
}
