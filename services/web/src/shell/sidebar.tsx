import { ActionIcon, Group, NavLink, Stack, Text, Tooltip } from '@mantine/core'
import {
  IconApi,
  IconBell,
  IconCalendarTime,
  IconChartBar,
  IconDatabase,
  IconHistory,
  IconKey,
  IconKeyboard,
  IconLogout,
  IconMessageQuestion,
  IconPlugConnected,
  IconTags,
  IconTimelineEvent,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { session } from '../api/backend.ts'
import { useMay, whoAmI } from '../api/me.ts'
import { Logo } from './logo.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import classes from './shell.module.css'

const pages = [
  { to: '/jobs', label: 'Jobs', icon: IconTimelineEvent },
  { to: '/alerts', label: 'Alerts', icon: IconBell },
  { to: '/ask', label: 'Questions', icon: IconMessageQuestion },
  { to: '/trends', label: 'Trends', icon: IconChartBar },
  { to: '/assets', label: 'Assets', icon: IconDatabase },
  { to: '/schedules', label: 'Schedules', icon: IconCalendarTime },
  { to: '/connections', label: 'Connections', icon: IconPlugConnected },
  { to: '/tag-rules', label: 'Tag rules', icon: IconTags },
  { to: '/audit', label: 'Audit', icon: IconHistory },
  { to: '/tokens', label: 'Tokens', icon: IconKey, role: 'admin' },
] as const

export function Sidebar({ onNavigate, onHelp }: { onNavigate: () => void; onHelp: () => void }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const isAdmin = useMay('admin').allowed
  const shown = pages.filter((page) => !('role' in page) || isAdmin)
  return (
    <div className={classes.sidebar}>
      <Group gap="xs" p="xs" visibleFrom="sm">
        <Logo size={24} />
        <Text fw={600}>Plumbline</Text>
      </Group>
      <nav aria-label="Main">
        {shown.map(({ to, label, icon: Icon }) => {
          const here = path === to || path.startsWith(`${to}/`)
          return (
            <NavLink
              key={to}
              className={classes.link ?? ''}
              renderRoot={(props) => <Link to={to} {...props} />}
              label={label}
              leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
              active={here}
              aria-current={here ? 'page' : undefined}
              onClick={onNavigate}
            />
          )
        })}
      </nav>
      <Stack gap="xs" mt="auto">
        <NavLink
          className={classes.link ?? ''}
          href="/docs"
          target="_blank"
          label="API documentation"
          leftSection={<IconApi size={18} stroke={1.7} aria-hidden />}
        />
        <Identity />
        <Group gap={4} justify="space-between" wrap="nowrap">
          <ThemeSwitch />
          <Group gap={4} wrap="nowrap">
            <Tooltip label="Keyboard shortcuts (?)">
              <ActionIcon variant="subtle" color="gray" onClick={onHelp} aria-label="Keyboard shortcuts">
                <IconKeyboard size={18} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Sign out">
              <ActionIcon variant="subtle" color="gray" onClick={() => session.signOut()} aria-label="Sign out">
                <IconLogout size={18} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
      </Stack>
    </div>
  )
}

function Identity() {
  const { data: me } = useQuery(whoAmI())
  if (me === undefined) return null
  return (
    <div>
      <Text size="sm" fw={500} px="xs" truncate title={me.organization.name}>
        {me.organization.name}
      </Text>
      <Text size="xs" c="dimmed" px="xs" truncate title={`Plumbline ${me.version}`}>
        {me.actor} · {me.role}
      </Text>
    </div>
  )
}
