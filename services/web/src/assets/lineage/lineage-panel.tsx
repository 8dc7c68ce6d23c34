import { Alert, Group, NumberInput, SegmentedControl, Switch, Text } from '@mantine/core'
import { IconGitBranch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { assetLineage } from '../../api/asset-calls.ts'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { deepestLineage, lineageDefaults, lineageDirections, lineageQuery, type AssetSearch } from '../asset-search.ts'
import { drawnNodes } from './lineage-layout.ts'
import { LineageGraph } from './lineage-graph.tsx'
import { LineageList } from './lineage-list.tsx'
import classes from './lineage.module.css'
import type { PanelProps } from '../detail/asset-panel.tsx'
import type { Lineage } from '@plumbline/api'

/** Where the data of an asset comes from and goes to: as a graph, and the same as a list. */
export function LineagePanel({ asset, search, onSearch }: PanelProps) {
  const query = lineageQuery(search)
  const lineage = useQuery(assetLineage(asset.id, query))
  return (
    <div className={classes.frame}>
      <LineageControls search={search} onSearch={onSearch} />
      {lineage.isError && <ProblemAlert error={lineage.error} onRetry={() => void lineage.refetch()} />}
      {lineage.isPending && <PageLoading />}
      {lineage.data !== undefined && <Drawing lineage={lineage.data} rootId={asset.id} columns={query.columns} />}
    </div>
  )
}

function Drawing({ lineage, rootId, columns }: { lineage: Lineage; rootId: string; columns: boolean }) {
  if (lineage.edges.length === 0) {
    return (
      <EmptyNote
        icon={IconGitBranch}
        title="No lineage"
        text="Nothing known flows into or out of it. Lineage is read from view definitions; declared foreign keys can be shown, too."
      />
    )
  }
  const leftOut = lineage.nodes.length - drawnNodes(lineage, rootId).length
  return (
    <>
      {lineage.truncated && (
        <Alert color="yellow" radius={0} py={6}>
          There is more than can be drawn: the farthest are left out. Open an asset in it to go on from there.
        </Alert>
      )}
      {leftOut > 0 && (
        <Text size="xs" c="dimmed" px="md" pb={4}>
          {counted(leftOut, 'relation')} that nothing flows into or out of {leftOut === 1 ? 'is' : 'are'} not drawn.
        </Text>
      )}
      <LineageGraph lineage={lineage} rootId={rootId} columns={columns} />
      <LineageList lineage={lineage} />
    </>
  )
}

const directionLabels = { upstream: 'Upstream', both: 'Both', downstream: 'Downstream' } as const

function LineageControls({ search, onSearch }: Pick<PanelProps, 'search' | 'onSearch'>) {
  const change = (next: Partial<AssetSearch>): void => onSearch(next)
  return (
    <Group gap="md" className={classes.controls ?? ''}>
      <SegmentedControl
        size="xs"
        aria-label="Direction"
        data={lineageDirections.map((value) => ({ value, label: directionLabels[value] }))}
        value={search.direction ?? lineageDefaults.direction}
        onChange={(direction) => change({ direction: direction === lineageDefaults.direction ? undefined : direction })}
      />
      <Group gap={6}>
        <Text size="xs" component="label" htmlFor="lineage-depth">
          Depth
        </Text>
        <NumberInput
          id="lineage-depth"
          size="xs"
          w={72}
          min={1}
          max={deepestLineage}
          clampBehavior="strict"
          value={search.depth ?? lineageDefaults.depth}
          onChange={(depth) => {
            if (typeof depth === 'number') change({ depth: depth === lineageDefaults.depth ? undefined : depth })
          }}
        />
      </Group>
      <Switch
        size="xs"
        label="Columns"
        checked={search.detail === 'columns'}
        onChange={(event) => change({ detail: event.currentTarget.checked ? 'columns' : undefined })}
      />
      <Switch
        size="xs"
        label="Foreign keys"
        checked={search.keys === 'shown'}
        onChange={(event) => change({ keys: event.currentTarget.checked ? 'shown' : undefined })}
      />
    </Group>
  )
}
