import { ActionIcon, Code, Group, Stack, Table, Text, TextInput, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight, IconColumns3, IconKey, IconLink, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { keysByColumn, type ColumnKeys } from './keys-by-column.ts'
import { NestedRows } from './nested-rows.tsx'
import { nestedFields, outerType } from './nested-type.ts'
import { TagBadge } from './tag-badge.tsx'
import { GivenName } from '../../shell/given-name.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { counted } from '../../text/count.ts'
import { tagLabel } from '../../text/tag-label.ts'
import type { AssetDetail, Column } from '@plumbline/api'

/** From so many columns on they can be filtered: fewer are seen at a glance. */
const filteredFrom = 20

export function ColumnsPanel({ asset: { columns, keys } }: { asset: AssetDetail }) {
  const [wanted, setWanted] = useState('')
  if (columns.length === 0) {
    return <EmptyNote icon={IconColumns3} title="No columns" text="Discovery found none, or has not run yet." />
  }
  const shown = columns.filter((column) => matches(column, wanted.trim().toLowerCase()))
  return (
    <Stack gap="xs">
      {columns.length >= filteredFrom && (
        <Group gap="sm">
          <TextInput
            size="xs"
            w={260}
            aria-label="Filter columns"
            placeholder="Name, type, tag or comment"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed" role="status">
            {shown.length === columns.length
              ? counted(columns.length, 'column')
              : `${shown.length} of ${counted(columns.length, 'column')}`}
          </Text>
        </Group>
      )}
      <ColumnTable columns={shown} keys={keys} commented={columns.some(({ comment }) => comment !== null)} />
    </Stack>
  )
}

const matches = ({ name, nativeType, comment, tags }: Column, wanted: string): boolean =>
  [name, nativeType, comment ?? '', ...tags.flatMap(({ tag }) => [tag, tagLabel(tag)])].some((text) =>
    text.toLowerCase().includes(wanted),
  )

interface ColumnTableProps extends Pick<AssetDetail, 'columns' | 'keys'> {
  /** Whether any column of the asset has a comment. */
  commented: boolean
}

function ColumnTable({ columns, keys, commented }: ColumnTableProps) {
  const keyed = keysByColumn(keys)
  const headers = ['Name', 'Type', 'Nullable', 'Default', 'Tags', ...(commented ? ['Comment'] : [])]
  return (
    <HeadedTable label="Columns" minWidth={640} headers={headers} stickyHeader>
      {columns.map((column) => (
        <ColumnRows key={column.name} column={column} keys={keyed.get(column.name)} commented={commented} />
      ))}
    </HeadedTable>
  )
}

interface ColumnRowProps {
  column: Column
  keys: ColumnKeys | undefined
  commented: boolean
}

/** A column, with the fields that are nested in it as a tree below. */
function ColumnRows(props: ColumnRowProps) {
  const { column, commented } = props
  const [open, { toggle }] = useDisclosure(true)
  const fields = nestedFields(column.name, column.nativeType)
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <>
      <ColumnRow {...props}>
        {fields.length > 0 && (
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-expanded={open}
            aria-label={`Fields of ${column.name}`}
            onClick={toggle}
          >
            <Chevron size={14} aria-hidden />
          </ActionIcon>
        )}
      </ColumnRow>
      {open && <NestedRows fields={fields} commented={commented} />}
    </>
  )
}

/** @param children what unfolds it */
function ColumnRow({ column, keys, commented, children }: ColumnRowProps & { children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          {children}
          <Text size="sm" fw={500}>
            <GivenName>{column.name}</GivenName>
          </Text>
          {keys !== undefined && <KeyMarks keys={keys} />}
        </Group>
      </Table.Td>
      <Table.Td>
        <Tooltip label={`Read as ${column.type}`}>
          <Text span size="sm" ff="monospace">
            <GivenName>{outerType(column.nativeType)}</GivenName>
          </Text>
        </Tooltip>
      </Table.Td>
      <Table.Td>
        <Text size="sm" c={column.nullable ? 'dimmed' : undefined}>
          {column.nullable ? 'null' : 'not null'}
        </Text>
      </Table.Td>
      <Table.Td>{filledBy(column)}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {column.tags.map((tag) => (
            <TagBadge key={tag.tag} tag={tag} />
          ))}
        </Group>
      </Table.Td>
      {commented && (
        <Table.Td>
          <Text size="sm" c="dimmed">
            {column.comment}
          </Text>
        </Table.Td>
      )}
    </Table.Tr>
  )
}

function KeyMarks({ keys }: { keys: ColumnKeys }) {
  return (
    <>
      {keys.primary && (
        <Tooltip label="Primary key">
          <IconKey size={14} color="var(--mantine-color-yellow-7)" aria-label="Primary key" />
        </Tooltip>
      )}
      {keys.unique && !keys.primary && (
        <Tooltip label="Unique">
          <IconKey size={14} color="var(--mantine-color-dimmed)" aria-label="Unique" />
        </Tooltip>
      )}
      {keys.references !== null && (
        <Tooltip label={`Refers to ${keys.references.columns.join(', ')} of another table: open it`}>
          <Link
            to="/assets/$assetId"
            params={{ assetId: keys.references.assetId }}
            aria-label="Refers to another table: open it"
            style={{ display: 'flex', color: 'inherit' }}
          >
            <IconLink size={14} aria-hidden />
          </Link>
        </Tooltip>
      )}
    </>
  )
}

/** What a row gets without being given a value: identity, an expression, or a default. */
function filledBy(column: Column) {
  if (column.identity !== null) return <Text size="sm">identity ({column.identity.replace('_', ' ')})</Text>
  if (column.generated !== null) return <Code>= {column.generated}</Code>
  return column.default === null ? null : <Code>{column.default}</Code>
}
