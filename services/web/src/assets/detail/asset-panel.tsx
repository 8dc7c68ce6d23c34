import { lazyRouteComponent } from '@tanstack/react-router'
import { Suspense } from 'react'
import { PageLoading } from '../../shell/page-loading.tsx'
import { DocumentationPanel } from '../documentation/documentation-panel.tsx'
import { FreshnessPanel } from '../freshness/freshness-panel.tsx'
import { MetricsPanel } from '../metrics/metrics-panel.tsx'
import { AssetJobs } from './asset-jobs.tsx'
import { ChangesPanel } from './changes-panel.tsx'
import { ColumnsPanel } from './columns-panel.tsx'
import { ContentsPanel } from './contents-panel.tsx'
import { DefinitionPanel } from './definition-panel.tsx'
import { KeysPanel } from './keys-panel.tsx'
import { TagsPanel } from '../tags/tags-panel.tsx'
import classes from '../assets.module.css'
import type { AssetSearch, AssetTab } from '../asset-search.ts'
import type { AssetDetail } from '@plumbline/api'
import type { ReactNode } from 'react'

/** The graph library is as large as the rest of the page together: it comes when lineage is looked at. The router's
 * loader reloads the page once when a newer version of it was put in place meanwhile. */
const LineagePanel = lazyRouteComponent(() => import('../lineage/lineage-panel.tsx'), 'LineagePanel')

export interface PanelProps {
  asset: AssetDetail
  search: AssetSearch
  onSearch: (change: Partial<AssetSearch>) => void
}

const panels: Record<AssetTab, (props: PanelProps) => ReactNode> = {
  columns: ({ asset }) => padded(<ColumnsPanel asset={asset} />),
  keys: ({ asset }) => padded(<KeysPanel asset={asset} />),
  definition: ({ asset }) => padded(<DefinitionPanel asset={asset} />),
  contents: ({ asset }) => padded(<ContentsPanel asset={asset} />),
  documentation: ({ asset }) => padded(<DocumentationPanel asset={asset} />),
  tags: ({ asset }) => padded(<TagsPanel asset={asset} />),
  'schema-changes': (props) => padded(<ChangesPanel {...props} />),
  freshness: ({ asset }) => padded(<FreshnessPanel asset={asset} />),
  lineage: (props) => (
    <Suspense fallback={<PageLoading />}>
      <LineagePanel {...props} />
    </Suspense>
  ),
  metrics: (props) => padded(<MetricsPanel {...props} />),
  jobs: ({ asset }) => <AssetJobs asset={asset} />,
}

export function AssetPanel({ tab, ...props }: PanelProps & { tab: AssetTab }) {
  return panels[tab](props)
}

const padded = (content: ReactNode) => <div className={classes.padded}>{content}</div>
