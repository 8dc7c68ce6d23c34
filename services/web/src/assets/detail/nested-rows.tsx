import { Table, Text } from '@mantine/core'
import type { NestedField } from './nested-type.ts'

interface NestedRowsProps {
  fields: readonly NestedField[]
  /** The table has comments: there are none of fields. */
  commented: boolean
}

/** The fields of a column below its row. */
export function NestedRows({ fields, commented }: NestedRowsProps) {
  return fields.map(({ name, path, depth, type, nullable }) => (
    <Table.Tr key={path}>
      <Table.Td pl={`calc(var(--mantine-spacing-xl) * ${depth})`}>
        <Text size="sm" title={path}>
          {name}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text span size="sm" ff="monospace">
          {type}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" c={nullable ? 'dimmed' : undefined}>
          {nullable ? 'null' : 'not null'}
        </Text>
      </Table.Td>
      <Table.Td colSpan={commented ? 3 : 2} />
    </Table.Tr>
  ))
}
