import { Alert, Text } from '@mantine/core'
import { IconGitBranch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { assetLineage } from '../../api/asset-calls.ts'
import { StartJobButtons } from '../detail/start-job-buttons.tsx'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { counted } from '../../text/count.ts'
import { lineageQuery } from '../asset-search.ts'
import { collapsibleSchemas, drawnNodes } from './drawn-graph.ts'
import { ImpactList } from './impact-list.tsx'
import { LineageControls } from './lineage-controls.tsx'
import { LineageGraph } from './lineage-graph.tsx'
import { LineageList } from './lineage-list.tsx'
import classes from './lineage.module.css'
import type { PanelProps } from '../detail/asset-panel.tsx'
import type { Lineage } from '@plumbline/api'

/** Where the data of an asset comes from and goes to: as a graph, the same as a list, and what a change would reach. */
export function LineagePanel(props: PanelProps) {
  const { asset, search } = props
  const lineage = useQuery({ ...assetLineage(asset.id, lineageQuery(search)), enabled: search.as !== 'impact' })
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const schemas =
    lineage.data === undefined || search.as !== undefined ? [] : collapsibleSchemas(lineage.data, asset.id)
  return (
    <div className={classes.frame}>
      <LineageControls
        {...props}
        schemas={{
          count: schemas.length,
          collapsed: schemas.length > 0 && schemas.every((key) => collapsed.has(key)),
          onChange: (all) => setCollapsed(new Set(all ? schemas : [])),
        }}
      />
      {search.as === 'impact' ? (
        <ImpactList assetId={asset.id} column={search.column} />
      ) : (
        <>
          {lineage.isError && <ProblemAlert error={lineage.error} onRetry={() => void lineage.refetch()} />}
          {lineage.isPending && <PageLoading />}
          {lineage.data !== undefined && (
            <Drawing {...props} lineage={lineage.data} collapsed={collapsed} onCollapsed={setCollapsed} />
          )}
        </>
      )}
    </div>
  )
}

interface DrawingProps extends PanelProps {
  lineage: Lineage
  collapsed: ReadonlySet<string>
  onCollapsed: (collapsed: ReadonlySet<string>) => void
}

function Drawing({ asset, search, lineage, collapsed, onCollapsed }: DrawingProps) {
  if (lineage.edges.length === 0) return <NoLineage asset={asset} column={search.column} />
  const { columns } = lineageQuery(search)
  const leftOut = lineage.nodes.length - drawnNodes(lineage, asset.id).length
  return (
    <>
      {lineage.truncated && (
        <Alert color="yellow" radius={0} py={6}>
          There is more than these {counted(lineage.nodes.length, 'relation')}: the farthest are left out. Open an asset
          in it to go on from there.
        </Alert>
      )}
      {leftOut > 0 && (
        <Text size="xs" c="dimmed" px="md" pb={4}>
          {counted(leftOut, 'relation')} that nothing flows into or out of {leftOut === 1 ? 'is' : 'are'} not drawn.
        </Text>
      )}
      {search.as === 'list' ? (
        <LineageList lineage={lineage} />
      ) : (
        <LineageGraph
          key={`${asset.id}:${columns}:${search.column}:${lineage.nodes.length}`}
          lineage={lineage}
          rootId={asset.id}
          columns={columns}
          collapsed={collapsed}
          onCollapsed={onCollapsed}
        />
      )}
    </>
  )
}

/** Says whether nothing was looked for or nothing was found. */
function NoLineage({ asset, column }: Pick<PanelProps, 'asset'> & { column: string | undefined }) {
  const looked = asset.lastJobs.some(({ type, status }) => type === 'lineage_extraction' && status === 'completed')
  const jobTypes = asset.jobTypes.filter((type) => type === 'lineage_extraction')
  if (column !== undefined) {
    return (
      <EmptyNote
        icon={IconGitBranch}
        title="Nothing known of this column"
        text={`No view or statement that lineage was read from takes the values of ${column} or gives it any.`}
      />
    )
  }
  return (
    <EmptyNote
      icon={IconGitBranch}
      title="No lineage"
      text={
        looked
          ? 'Lineage was extracted, and nothing flows into or out of it. Declared foreign keys can be shown, too.'
          : 'Nobody looked yet. Lineage is read by the job Extract lineage; start it here, or discover the database, which starts it too.'
      }
    >
      {!looked && <StartJobButtons asset={{ id: asset.id, jobTypes }} />}
    </EmptyNote>
  )
}
