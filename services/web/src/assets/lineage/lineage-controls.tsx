import { Group, NumberInput, Pill, SegmentedControl, Switch, Text } from '@mantine/core'
import { deepestLineage } from '@plumbline/workflows'
import { lineageDefaults, lineageDirections, lineageQuery, type AssetSearch } from '../asset-search.ts'
import { ExportLineageMenu } from './export-lineage-menu.tsx'
import classes from './lineage.module.css'
import type { PanelProps } from '../detail/asset-panel.tsx'

const directionLabels = { upstream: 'Upstream', both: 'Both', downstream: 'Downstream' } as const
const viewLabels = { graph: 'Graph', list: 'List', impact: 'Impact' } as const
type View = keyof typeof viewLabels
const views: View[] = ['graph', 'list', 'impact']

interface LineageControlsProps extends PanelProps {
  /** How many schemas can be drawn as one node each, and whether they are; null when they are not drawn. */
  schemas: { count: number; collapsed: boolean; onChange: (collapsed: boolean) => void } | null
}

export function LineageControls({ asset, search, onSearch, schemas }: LineageControlsProps) {
  const change = (next: Partial<AssetSearch>): void => onSearch(next)
  const view: View = search.as ?? 'graph'
  return (
    <Group gap="md" className={classes.controls ?? ''}>
      <SegmentedControl
        size="xs"
        aria-label="Show as"
        data={views.map((value) => ({ value, label: viewLabels[value] }))}
        value={view}
        onChange={(as) => change({ as: as === 'graph' ? undefined : as })}
      />
      {search.column !== undefined && (
        <Pill
          withRemoveButton
          onRemove={() => change({ column: undefined })}
          removeButtonProps={{ 'aria-label': 'Show all columns' }}
        >
          Column {search.column}
        </Pill>
      )}
      {view !== 'impact' && <FlowControls search={search} onChange={change} />}
      {schemas !== null && schemas.count > 0 && (
        <Switch
          size="xs"
          label="Collapse schemas"
          checked={schemas.collapsed}
          onChange={(event) => schemas.onChange(event.currentTarget.checked)}
        />
      )}
      <ExportLineageMenu assetId={asset.id} query={lineageQuery(search)} />
    </Group>
  )
}

function FlowControls({ search, onChange }: { search: AssetSearch; onChange: (next: Partial<AssetSearch>) => void }) {
  const { depth = lineageDefaults.depth } = search
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Direction"
        data={lineageDirections.map((value) => ({ value, label: directionLabels[value] }))}
        value={search.direction ?? lineageDefaults.direction}
        onChange={(direction) =>
          onChange({ direction: direction === lineageDefaults.direction ? undefined : direction })
        }
      />
      {search.column === undefined && (
        <>
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
              value={depth}
              onChange={(next) => {
                if (typeof next === 'number') onChange({ depth: next === lineageDefaults.depth ? undefined : next })
              }}
            />
          </Group>
          <Switch
            size="xs"
            label="Columns"
            checked={search.detail === 'columns'}
            onChange={(event) => onChange({ detail: event.currentTarget.checked ? 'columns' : undefined })}
          />
          <Switch
            size="xs"
            label="Foreign keys"
            checked={search.keys === 'shown'}
            onChange={(event) => onChange({ keys: event.currentTarget.checked ? 'shown' : undefined })}
          />
        </>
      )}
    </>
  )
}
