import { Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { AssetKindIcon } from '../asset-kind.tsx'
import classes from './tree.module.css'
import type { TreeRow } from './tree-rows.ts'
import type { CSSProperties } from 'react'

const indentPx = 18

interface TreeLineProps {
  row: Extract<TreeRow, { kind: 'asset' }>
  style: CSSProperties
  /** Said smaller behind the name: of a database, its connection. */
  detail: string | undefined
  open: boolean
  active: boolean
  onToggle: () => void
  onOpen: () => void
}

export function TreeLine({ row, style, detail, open, active, onToggle, onOpen }: TreeLineProps) {
  return (
    <div
      id={`tree-${row.id}`}
      role="treeitem"
      aria-level={row.level + 1}
      aria-selected={open}
      aria-expanded={row.expandable ? row.expanded : undefined}
      className={classes.line}
      data-open={open || undefined}
      data-active={active || undefined}
      style={{ ...style, paddingLeft: 6 + row.level * indentPx }}
      onClick={onOpen}
    >
      {row.expandable ? (
        <UnstyledButton
          tabIndex={-1}
          className={classes.chevron}
          data-expanded={row.expanded || undefined}
          aria-label={row.expanded ? `Close ${row.asset.name}` : `Open ${row.asset.name}`}
          onClick={(event) => {
            event.stopPropagation()
            onToggle()
          }}
        >
          <IconChevronRight size={14} aria-hidden />
        </UnstyledButton>
      ) : (
        <span className={classes.chevron} />
      )}
      <AssetKindIcon kind={row.asset.kind} />
      <Text size="sm" truncate title={row.asset.qualifiedName}>
        {row.asset.name}
        {detail !== undefined && detail !== row.asset.name && (
          <Text span size="xs" c="dimmed">
            {' '}
            {detail}
          </Text>
        )}
      </Text>
    </div>
  )
}

const noteTexts = {
  loading: 'Loading…',
  failed: 'Could not be read; close and open it again',
  empty: 'Nothing found here yet',
  more: 'There are more: use the filter above',
} as const

export function TreeNote({ row, style }: { row: Extract<TreeRow, { kind: 'note' }>; style: CSSProperties }) {
  return (
    <div className={classes.line} style={{ ...style, paddingLeft: 6 + row.level * indentPx + 22, cursor: 'default' }}>
      <Text size="xs" c="dimmed">
        {noteTexts[row.note]}
      </Text>
    </div>
  )
}
