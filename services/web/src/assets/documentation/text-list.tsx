import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { documentationTexts, type TextFilter } from '../../api/documentation-calls.ts'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { ShowMore } from '../../shell/show-more.tsx'
import { counted } from '../../text/count.ts'
import { ReviewBar } from './review-bar.tsx'
import { TextFilters, type ChosenFilter } from './text-filters.tsx'
import { listedItem } from './text-item.ts'
import { TextRows } from './text-rows.tsx'
import type { AssetDetail } from '@plumbline/api'
import type { ActionDecision } from '@plumbline/workflows'

interface TextListProps {
  asset: AssetDetail
  state: TextFilter['state']
  decision: ActionDecision
  /** What is said where there are none. */
  none: string
}

/** Texts of an asset and all below it, in some state; those of runs are judged one by one, several, or all that match. */
export function TextList({ asset, state, decision, none }: TextListProps) {
  const [chosenFilter, setFilter] = useState<ChosenFilter>({})
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const filter = { state, ...chosenFilter }
  const texts = useInfiniteQuery(documentationTexts(asset.id, filter))
  const items = texts.data?.pages.flatMap((page) => page.items).map(listedItem) ?? []
  const toggle = (id: string): void =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    )
  const judged = !state.includes('accepted')
  return (
    <Stack gap="xs">
      <TextFilters filter={chosenFilter} onChange={setFilter} />
      {texts.isError && <ProblemAlert error={texts.error} onRetry={() => void texts.refetch()} />}
      {texts.isPending && <PageLoading />}
      {texts.isSuccess && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {Object.values(chosenFilter).some((one) => one !== undefined) ? 'No text is like this.' : none}
        </Text>
      )}
      {judged && items.length > 0 && (
        <ReviewBar
          asset={asset}
          filter={filter}
          items={items}
          chosen={chosen}
          decision={decision}
          onChoose={(ids) => setChosen(new Set(ids))}
        />
      )}
      <TextRows items={items} decision={decision} {...(judged && { choice: { chosen, toggle } })} />
      <ShowMore list={texts}>Show more than {counted(items.length, 'text')}</ShowMore>
    </Stack>
  )
}
