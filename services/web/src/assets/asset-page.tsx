import { Anchor, Badge, Box, Breadcrumbs, Group, Stack, Tabs, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { assetDetail } from '../api/asset-calls.ts'
import { FailedDiscovery, lastDiscovery } from '../connections/failed-discovery.tsx'
import { ScheduleButton } from '../schedules/schedule-button.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { AssetKindIcon } from './asset-kind.tsx'
import { AssetPanel } from './detail/asset-panel.tsx'
import { StartJobButtons } from './detail/start-job-buttons.tsx'
import { tabsOf } from './detail/tabs-of.ts'
import { TrustLine } from './detail/trust-line.tsx'
import { kindLabels } from './kind-labels.ts'
import classes from './assets.module.css'
import type { AssetSearch } from './asset-search.ts'
import type { AssetDetail } from '@plumbline/api'

const route = getRouteApi('/assets/$assetId')

export function AssetPage() {
  const { assetId } = route.useParams()
  const { data: asset, error, refetch } = useQuery(assetDetail(assetId))
  if (asset === undefined) {
    if (error === null) return <PageLoading />
    return (
      <Stack className={classes.padded ?? ''} gap="sm" align="flex-start">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/assets" />}>
          All assets
        </Anchor>
      </Stack>
    )
  }
  return <LoadedAsset key={asset.id} asset={asset} />
}

function LoadedAsset({ asset }: { asset: AssetDetail }) {
  useDocumentTitle(`${asset.qualifiedName} · Plumbline`)
  const search = route.useSearch()
  const navigate = useNavigate()
  const change = (next: Partial<AssetSearch>): void => {
    void navigate({
      to: '/assets/$assetId',
      params: { assetId: asset.id },
      search: { ...search, ...next },
      replace: true,
    })
  }
  const tabs = tabsOf(asset)
  const open = tabs.find(({ id }) => id === search.tab) ?? tabs[0]
  const tabList = useTabInView(open?.id)
  const discovery = asset.kind === 'database' ? lastDiscovery(asset) : undefined
  return (
    <>
      <Trail asset={asset} />
      <Heading asset={asset} />
      {asset.trust !== null && <TrustLine trust={asset.trust} onOpen={change} />}
      {discovery !== undefined && (
        <Box px="md" pb="xs">
          <FailedDiscovery job={discovery} connectionId={asset.connectionId} />
        </Box>
      )}
      {asset.comment !== null && (
        <Text size="sm" px="md" pb="xs">
          {asset.comment}
        </Text>
      )}
      <Group gap="xs" px="md" pb="xs">
        <StartJobButtons asset={asset} />
        {asset.removedAt === null && <ScheduleButton asset={asset} />}
      </Group>
      <Tabs
        value={open?.id ?? null}
        onChange={(tab) => change({ tab: tabs.find(({ id }) => id === tab)?.id, jobId: undefined })}
      >
        <Tabs.List ref={tabList} px="xs" aria-label="Views of the asset">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab.id} value={tab.id} rightSection={tab.count !== undefined && <Count count={tab.count} />}>
              {tab.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <div className={classes.panel} role="tabpanel" aria-label={open?.label}>
        {open !== undefined && <AssetPanel tab={open.id} asset={asset} search={search} onSearch={change} />}
      </div>
    </>
  )
}

/** What it is, and what is to be known before anything else of it. */
function Heading({ asset }: { asset: AssetDetail }) {
  return (
    <Group px="md" py="xs" gap="xs">
      <Group gap="xs" wrap="nowrap" miw={0}>
        <AssetKindIcon kind={asset.kind} size={22} />
        <Title order={1} className={classes.name}>
          {asset.name}
        </Title>
      </Group>
      <Text size="sm" c="dimmed">
        {kindLabels[asset.kind].one}
      </Text>
      {asset.partition !== null && (
        <Badge variant="default" tt="none">
          {asset.partition}
        </Badge>
      )}
      {asset.unreadableSince !== null && asset.removedAt === null && (
        <Badge
          color="yellow"
          variant="light"
          tt="none"
          title="The role of the connection lacks the right to read its rows"
        >
          Rows unreadable
        </Badge>
      )}
      {asset.removedAt !== null && (
        <Badge color="red" variant="light">
          Removed
        </Badge>
      )}
    </Group>
  )
}

/** On a narrow screen more tabs than fit are scrolled: the open one is brought into sight. */
function useTabInView(open: string | undefined) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[role="tab"][id$="-tab-${open}"]`)
    if (tab) list.current?.scrollTo({ left: tab.offsetLeft + tab.offsetWidth / 2 - list.current.clientWidth / 2 })
  }, [open])
  return list
}

function Count({ count }: { count: number }) {
  return (
    <Badge size="sm" variant="light" color="gray">
      {count}
    </Badge>
  )
}

function Trail({ asset }: { asset: AssetDetail }) {
  return (
    <Breadcrumbs px="md" pt="sm" component="nav" aria-label="Where this asset lies" className={classes.trail}>
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/assets" />}>
        Assets
      </Anchor>
      {asset.path.map((above) => (
        <Anchor
          key={above.id}
          size="sm"
          renderRoot={(props) => <Link {...props} to="/assets/$assetId" params={{ assetId: above.id }} />}
        >
          {above.name}
        </Anchor>
      ))}
      <Text size="sm" c="dimmed">
        {asset.name}
      </Text>
    </Breadcrumbs>
  )
}
