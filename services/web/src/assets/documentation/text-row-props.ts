import type { TextItem } from './text-item.ts'
import type { ActionDecision } from '@plumbline/workflows'
import type { KeyboardEvent } from 'react'

export interface TextRowProps {
  item: TextItem
  decision: ActionDecision
  opened: 'why' | 'edit' | 'history' | null
  /** Whether it takes the focus. */
  focus: boolean
  tabStop: boolean
  /** Undefined: rows cannot be chosen. */
  chosen: boolean | undefined
  onChoose: () => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  onFocus: () => void
  onOpen: (as: 'why' | 'edit' | 'history') => void
  onJudge: (verdict: 'accept' | 'reject') => void
  onEdited: () => void
}
