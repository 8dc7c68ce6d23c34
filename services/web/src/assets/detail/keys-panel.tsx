import { Anchor, Badge, Code, Group, Stack, Table, Title } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { GivenName } from '../../shell/given-name.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import type { AssetDetail } from '@plumbline/api'

const kindLabels = { primary: 'Primary key', unique: 'Unique', foreign: 'Foreign key', check: 'Check' } as const

export function KeysPanel({ asset }: { asset: AssetDetail }) {
  if (asset.keys.length + asset.indexes.length === 0) {
    return (
      <EmptyNote icon={IconKey} title="No keys and no indexes" text="Nothing keeps rows apart or finds them quickly." />
    )
  }
  return (
    <Stack gap="lg">
      {asset.keys.length > 0 && <Keys asset={asset} />}
      {asset.indexes.length > 0 && <Indexes asset={asset} />}
    </Stack>
  )
}

function Keys({ asset }: { asset: AssetDetail }) {
  return (
    <section>
      <Title order={2}>Keys</Title>
      <HeadedTable label="Keys" minWidth={560} headers={['Kind', 'Name', 'Columns', 'Definition']}>
        {asset.keys.map((key) => (
          <Table.Tr key={key.name}>
            <Table.Td>{kindLabels[key.kind]}</Table.Td>
            <Table.Td>
              <GivenName>{key.name}</GivenName>
            </Table.Td>
            <Table.Td>
              <GivenName>{key.columns.join(', ')}</GivenName>
            </Table.Td>
            <Table.Td>
              <Code>{key.definition}</Code>{' '}
              {key.references !== undefined && (
                <Anchor
                  size="xs"
                  renderRoot={(props) => (
                    <Link {...props} to="/assets/$assetId" params={{ assetId: key.references?.assetId ?? '' }} />
                  )}
                >
                  Open the other table
                </Anchor>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </HeadedTable>
    </section>
  )
}

function Indexes({ asset }: { asset: AssetDetail }) {
  return (
    <section>
      <Title order={2}>Indexes</Title>
      <HeadedTable label="Indexes" minWidth={560} headers={['Name', 'Columns', 'Method', 'Definition']}>
        {asset.indexes.map((index) => (
          <Table.Tr key={index.name}>
            <Table.Td>
              <Group gap={6}>
                <GivenName>{index.name}</GivenName>
                {index.primary && <Mark text="primary" />}
                {index.unique && !index.primary && <Mark text="unique" />}
              </Group>
            </Table.Td>
            <Table.Td>
              <GivenName>{index.columns.join(', ')}</GivenName>
            </Table.Td>
            <Table.Td>{index.method}</Table.Td>
            <Table.Td>
              <Code>{index.definition}</Code>
            </Table.Td>
          </Table.Tr>
        ))}
      </HeadedTable>
    </section>
  )
}

const Mark = ({ text }: { text: string }) => (
  <Badge size="xs" variant="default" tt="none">
    {text}
  </Badge>
)
