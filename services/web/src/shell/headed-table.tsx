import { Table } from '@mantine/core'
import type { ReactNode } from 'react'

interface HeadedTableProps {
  /** What the table is called for those who do not see it. */
  label: string
  /** In pixels: narrower than this it scrolls sideways instead of squeezing its columns. */
  minWidth: number
  headers: readonly string[]
  /** Keeps the headers in view while a long table scrolls. */
  stickyHeader?: boolean
  /** Its rows. */
  children: ReactNode
}

/** The frame of every plain table. */
export function HeadedTable({ label, minWidth, headers, stickyHeader = false, children }: HeadedTableProps) {
  return (
    <Table.ScrollContainer minWidth={minWidth}>
      <Table verticalSpacing={6} stickyHeader={stickyHeader} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {headers.map((header) => (
              <Table.Th key={header}>{header}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
