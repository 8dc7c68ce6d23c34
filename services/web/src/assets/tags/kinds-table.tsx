import { Anchor, Group, Table } from '@mantine/core'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { tagLabel } from '../../text/tag-label.ts'
import type { TagSummary } from '@plumbline/api'

const headers = ['Tag', 'Columns', 'Sure', 'Likely', 'Doubtful']
/** Domains are on every column of a table: they are counted below what matters more. */
const order = ['pii', 'sensitivity', 'domain']

interface KindsTableProps {
  kinds: TagSummary['kinds']
  chosen: string | undefined
  onChoose: (tag: string | undefined) => void
}

/** How many columns carry each tag and how sure that is; a tag filters the list below. */
export function KindsTable({ kinds, chosen, onChoose }: KindsTableProps) {
  const sorted = kinds.toSorted((a, b) => order.indexOf(a.category) - order.indexOf(b.category))
  return (
    <div>
      <HeadedTable label="Tags by confidence" minWidth={360} headers={headers}>
        {sorted.map(({ tag, columns, sure, likely, doubtful }) => (
          <Table.Tr key={tag}>
            <Table.Td>
              <Anchor
                component="button"
                type="button"
                size="sm"
                fw={tag === chosen ? 700 : 400}
                aria-pressed={tag === chosen}
                onClick={() => onChoose(tag === chosen ? undefined : tag)}
              >
                {tagLabel(tag)}
              </Anchor>
            </Table.Td>
            {[columns, sure, likely, doubtful].map((count, index) => (
              <Table.Td key={headers[index + 1]}>{count}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </HeadedTable>
      {chosen !== undefined && (
        <Group gap={6}>
          <Anchor component="button" type="button" size="xs" onClick={() => onChoose(undefined)}>
            Show all tags again
          </Anchor>
        </Group>
      )}
    </div>
  )
}
