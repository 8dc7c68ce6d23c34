import { Checkbox, Group, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { GivenName } from '../../shell/given-name.tsx'
import { AssetName } from '../asset-name.tsx'
import { TagBadge } from '../detail/tag-badge.tsx'
import { ReviewButtons } from './review-buttons.tsx'
import { openTags, rowKey } from './reviewed.ts'
import type { AssetDetail, ColumnTags } from '@plumbline/api'

/** Columns with their tags and the reasons; what a run gave can be accepted or rejected, one column or many at once. */
export function TagReviewTable({ asset, columns }: { asset: AssetDetail; columns: ColumnTags[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const reviewable = columns.filter((column) => openTags(column).length > 0)
  const selected = reviewable.filter((column) => chosen.has(rowKey(column)))
  const below = asset.kind === 'database' || asset.kind === 'schema'
  const toggle = (key: string): void =>
    setChosen((before) =>
      before.has(key) ? new Set([...before].filter((one) => one !== key)) : new Set([...before, key]),
    )
  return (
    <>
      {selected.length > 0 && (
        <Group gap="xs" role="group" aria-label="Chosen columns">
          <Text size="sm">{selected.length} chosen</Text>
          <ReviewButtons tags={selected.flatMap(openTags)} what="the chosen" onDone={() => setChosen(new Set())} />
        </Group>
      )}
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing={6} aria-label="Tags">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={36}>
                <Checkbox
                  size="xs"
                  aria-label="Choose all"
                  checked={reviewable.length > 0 && selected.length === reviewable.length}
                  indeterminate={selected.length > 0 && selected.length < reviewable.length}
                  onChange={({ currentTarget }) =>
                    setChosen(new Set(currentTarget.checked ? reviewable.map(rowKey) : []))
                  }
                />
              </Table.Th>
              {below && <Table.Th>Table</Table.Th>}
              <Table.Th>Column</Table.Th>
              <Table.Th>Tags</Table.Th>
              <Table.Th>Why</Table.Th>
              <Table.Th>Review</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column) => (
              <TaggedColumn
                key={rowKey(column)}
                tagged={column}
                below={below}
                chosen={chosen.has(rowKey(column))}
                onToggle={() => toggle(rowKey(column))}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  )
}

interface TaggedColumnProps {
  tagged: ColumnTags
  below: boolean
  chosen: boolean
  onToggle: () => void
}

function TaggedColumn({ tagged, below, chosen, onToggle }: TaggedColumnProps) {
  const open = openTags(tagged)
  return (
    <Table.Tr>
      <Table.Td>
        {open.length > 0 && (
          <Checkbox size="xs" aria-label={`Choose ${tagged.column}`} checked={chosen} onChange={onToggle} />
        )}
      </Table.Td>
      {below && (
        <Table.Td>
          <AssetName asset={tagged.asset} linked />
        </Table.Td>
      )}
      <Table.Td fw={500}>
        <GivenName>{tagged.column}</GivenName>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {tagged.tags.map((tag) => (
            <TagBadge key={tag.tag} tag={tag} />
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed">
          <GivenName>{[...new Set(tagged.tags.flatMap(({ evidence }) => evidence))].join('; ')}</GivenName>
        </Text>
      </Table.Td>
      <Table.Td>{open.length > 0 && <ReviewButtons tags={open} what={`the tags of ${tagged.column}`} />}</Table.Td>
    </Table.Tr>
  )
}
