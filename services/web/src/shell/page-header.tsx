import { Group, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { GivenName } from './given-name.tsx'
import type { ReactNode } from 'react'

/** The top of a page: its name, which is also the name of the browser's tab, and what can be done here. */
export function PageHeader({ title, beside, children }: { title: string; beside?: ReactNode; children?: ReactNode }) {
  useDocumentTitle(`${title} · Plumbline`)
  return (
    <Group justify="space-between" px="md" pt="sm" pb="xs" gap="xs">
      <Group gap="sm">
        <Title order={1}>
          <GivenName>{title}</GivenName>
        </Title>
        {beside}
      </Group>
      {children !== undefined && <Group gap="xs">{children}</Group>}
    </Group>
  )
}
