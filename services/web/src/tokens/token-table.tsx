import { Badge, Group, Table, Text, Tooltip } from '@mantine/core'
import { IconClockX } from '@tabler/icons-react'
import { serverNow } from '../live/server-clock.ts'
import { GatedButton } from '../shell/gated-button.tsx'
import { GivenName } from '../shell/given-name.tsx'
import { HeadedTable } from '../shell/headed-table.tsx'
import { TimeAgo } from '../shell/time-ago.tsx'
import { TimeUntil } from '../shell/time-until.tsx'
import { roleTexts } from './role-texts.ts'
import { hasExpired } from './token-lifetimes.ts'
import type { Token } from '@plumbline/api'

interface TokenTableProps {
  tokens: readonly Token[]
  onDelete: (token: Token) => void
}

const headers = ['Name', 'Role', 'Made', 'Last used', 'Expires', 'Actions']

export function TokenTable({ tokens, onDelete }: TokenTableProps) {
  return (
    <HeadedTable label="Tokens" minWidth={680} headers={headers}>
      {tokens.map((token) => (
        <Table.Tr key={token.id}>
          <Table.Td>
            <Group gap="xs">
              <Text size="sm" fw={500}>
                <GivenName>{token.name}</GivenName>
              </Text>
              {token.current && (
                <Badge variant="default" tt="none">
                  Yours
                </Badge>
              )}
            </Group>
          </Table.Td>
          <Table.Td>
            <Tooltip label={roleTexts[token.role].text}>
              <Text size="sm" w="fit-content" tabIndex={0}>
                {roleTexts[token.role].label}
              </Text>
            </Tooltip>
          </Table.Td>
          <Table.Td>
            <TimeAgo at={token.createdAt} />
            <Text size="xs" c="dimmed">
              {token.createdBy === null ? 'at the installation' : `by ${token.createdBy}`}
            </Text>
          </Table.Td>
          <Table.Td>{token.lastUsedAt === null ? 'Never' : <TimeAgo at={token.lastUsedAt} />}</Table.Td>
          <Table.Td>
            <Expiry token={token} />
          </Table.Td>
          <Table.Td>
            <GatedButton
              size="compact-sm"
              variant="default"
              decision={token.current ? { allowed: false, reason: 'You are signed in with it' } : { allowed: true }}
              onClick={() => onDelete(token)}
            >
              Delete
            </GatedButton>
          </Table.Td>
        </Table.Tr>
      ))}
    </HeadedTable>
  )
}

function Expiry({ token }: { token: Token }) {
  if (token.expiresAt === null) return <Text size="sm">When deleted</Text>
  if (!hasExpired(token, serverNow())) return <TimeUntil at={token.expiresAt} />
  return (
    <Group gap={6} wrap="nowrap">
      <IconClockX size={16} aria-hidden />
      <Text size="sm">
        Expired <TimeAgo at={token.expiresAt} />
      </Text>
    </Group>
  )
}
