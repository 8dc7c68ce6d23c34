import { AppShell, Burger, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { DownloadLine } from '../files/download-line.tsx'
import { OperationsDock } from '../operations/operations-dock.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { Logo } from './logo.tsx'
import { ReconnectBanner } from './reconnect-banner.tsx'
import { Sidebar } from './sidebar.tsx'
import classes from './shell.module.css'
import { usePageKeys } from './use-page-keys.ts'

export function Shell() {
  const [menuOpen, menu] = useDisclosure(false)
  const [helpOpen, help] = useDisclosure(false)
  usePageKeys({ openHelp: help.open })
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell
        header={{ height: { base: 48, sm: 0 } }}
        navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
      >
        <AppShell.Header hiddenFrom="sm">
          <Group h="100%" px="sm" gap="sm">
            <Burger size="sm" opened={menuOpen} onClick={menu.toggle} aria-label="Menu" aria-expanded={menuOpen} />
            <Logo size={24} />
            <Text fw={600}>Plumbline</Text>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar>
          <Sidebar onNavigate={menu.close} onHelp={help.open} />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
          <ReconnectBanner />
          <Outlet />
          <OperationsDock />
          <DownloadLine />
        </AppShell.Main>
      </AppShell>
      <HelpDialog opened={helpOpen} onClose={help.close} />
    </>
  )
}
