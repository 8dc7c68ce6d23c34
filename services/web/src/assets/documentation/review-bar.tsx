import { Checkbox, Group } from '@mantine/core'
import { useState } from 'react'
import { GatedButton } from '../../shell/gated-button.tsx'
import { ReviewAllDialog } from './review-all-dialog.tsx'
import { reviewable, type TextItem } from './text-item.ts'
import { useReview } from './use-review.ts'
import type { TextFilter } from '../../api/documentation-calls.ts'
import type { AssetDetail, DocumentationReview } from '@plumbline/api'
import type { ActionDecision } from '@plumbline/workflows'

type Verdict = DocumentationReview['verdict']
const verbs: Record<Verdict, string> = { accept: 'Accept', reject: 'Reject' }

interface ReviewBarProps {
  asset: AssetDetail
  filter: TextFilter
  /** Those that were read. */
  items: TextItem[]
  chosen: ReadonlySet<string>
  decision: ActionDecision
  onChoose: (ids: string[]) => void
}

/** Judges the chosen texts together; while none is chosen, all that match the filter, after they were counted. */
export function ReviewBar({ asset, filter, items, chosen, decision, onChoose }: ReviewBarProps) {
  const [asked, setAsked] = useState<Verdict | null>(null)
  const review = useReview()
  const selected = items.filter(({ id }) => chosen.has(id))
  const verdicts: Verdict[] = filter.state.includes('rejected') ? ['accept'] : ['accept', 'reject']
  const judge = (verdict: Verdict): void => {
    if (selected.length === 0) setAsked(verdict)
    else review.mutate({ verdict, texts: reviewable(selected) }, { onSuccess: () => onChoose([]) })
  }
  return (
    <Group gap="xs" role="group" aria-label="Review">
      <Checkbox
        size="xs"
        label={selected.length === 0 ? 'Choose all shown' : `${selected.length} chosen`}
        checked={selected.length === items.length}
        indeterminate={selected.length > 0 && selected.length < items.length}
        onChange={({ currentTarget }) => onChoose(currentTarget.checked ? items.map(({ id }) => id) : [])}
      />
      {verdicts.map((verdict) => (
        <GatedButton
          key={verdict}
          size="compact-xs"
          variant="light"
          color={verdict === 'accept' ? 'green' : 'red'}
          loading={review.isPending && review.variables.verdict === verdict}
          decision={decision}
          onClick={() => judge(verdict)}
        >
          {verbs[verdict]} {selected.length === 0 ? 'all that match…' : 'the chosen'}
        </GatedButton>
      ))}
      {asked !== null && (
        <ReviewAllDialog asset={asset} filter={filter} verdict={asked} onClose={() => setAsked(null)} />
      )}
    </Group>
  )
}
