import { useRef, useState } from 'react'
import { useRowKeys } from '../../shell/use-row-keys.ts'
import { HistoryDialog } from './history-dialog.tsx'
import { openText, reviewable, type TextItem } from './text-item.ts'
import { TextRow } from './text-row.tsx'
import { useReview } from './use-review.ts'
import classes from './documentation.module.css'
import type { ActionDecision } from '@plumbline/workflows'

/** What is open of a row: its evidence, the field it is edited in, or its versions. */
interface Opened {
  id: string
  as: 'why' | 'edit' | 'history'
}

interface TextRowsProps {
  items: TextItem[]
  /** Whether texts may be written and judged. */
  decision: ActionDecision
  /** The row that is edited from the start. */
  editing?: string | undefined
  /** Rows can be chosen, to be judged together. */
  choice?: { chosen: ReadonlySet<string>; toggle: (id: string) => void }
}

/** Texts one below the other: read, judged and edited in place, by mouse or keys. */
export function TextRows({ items, decision, editing, choice }: TextRowsProps) {
  const [opened, setOpened] = useState<Opened | null>(editing === undefined ? null : { id: editing, as: 'edit' })
  const list = useRef<HTMLUListElement>(null)
  const review = useReview()
  const open = (item: TextItem, as: Opened['as']): void =>
    setOpened((before) => (before?.id === item.id && before.as === as ? null : { id: item.id, as }))
  const judge = (item: TextItem, verdict: 'accept' | 'reject'): void => {
    const text = openText(item)
    if (!decision.allowed || text === null || (verdict === 'reject' && text.state === 'rejected')) return
    keys.leaveRow(item)
    review.mutate({ verdict, texts: reviewable([item]) })
  }
  const keys = useRowKeys({
    rows: items,
    enabled: opened?.as !== 'edit' && opened?.as !== 'history',
    onOpen: (item) => open(item, 'why'),
    onSelect: ({ id }) => choice?.toggle(id),
    scrollTo: (index) => list.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
    more: {
      a: (item) => judge(item, 'accept'),
      r: (item) => judge(item, 'reject'),
      e: (item) => decision.allowed && open(item, 'edit'),
      h: (item) => open(item, 'history'),
    },
  })
  const looked = opened?.as === 'history' ? items.find(({ id }) => id === opened.id) : undefined
  return (
    <>
      <ul ref={list} className={classes.rows} aria-label="Texts">
        {items.map((item, index) => (
          <TextRow
            key={item.id}
            item={item}
            decision={decision}
            opened={opened?.id === item.id ? opened.as : null}
            focus={keys.active?.id === item.id && keys.active.focus}
            tabStop={keys.tabStop === index}
            chosen={choice?.chosen.has(item.id)}
            onChoose={() => choice?.toggle(item.id)}
            onKeyDown={(event) => keys.onRowKeyDown(event, item)}
            onFocus={() => keys.onRowFocus(item)}
            onOpen={(as) => open(item, as)}
            onJudge={(verdict) => judge(item, verdict)}
            onEdited={() => {
              setOpened(null)
              keys.focusRow(item)
            }}
          />
        ))}
      </ul>
      {looked !== undefined && (
        <HistoryDialog
          item={looked}
          decision={decision}
          onClose={() => {
            setOpened(null)
            keys.focusRow(looked)
          }}
        />
      )}
    </>
  )
}
