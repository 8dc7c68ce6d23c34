import { useMediaQuery } from '@mantine/hooks'
import { IconDatabaseSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { assetDetail } from '../api/asset-calls.ts'
import { EmptyNote } from '../shell/empty-note.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { SearchField } from '../shell/search-field.tsx'
import { AssetResults } from './tree/asset-results.tsx'
import { AssetTree } from './tree/asset-tree.tsx'
import { isExpandable } from './tree/tree-rows.ts'
import classes from './assets.module.css'

const route = getRouteApi('/assets')

/** The tree at the left, the asset beside it; on a narrow screen one of the two. */
export function AssetsPage() {
  const { assetId } = useParams({ strict: false })
  const narrow = useMediaQuery('(max-width: 62em)')
  return (
    <div className={classes.split}>
      {(!narrow || assetId === undefined) && <TreePane assetId={assetId} />}
      {(!narrow || assetId !== undefined) && (
        <div className={classes.content}>
          {assetId === undefined ? (
            <EmptyNote
              icon={IconDatabaseSearch}
              title="Choose an asset"
              text="Open a database or schema at the left, or filter by any part of a name."
            />
          ) : (
            <Outlet />
          )}
        </div>
      )}
    </div>
  )
}

function TreePane({ assetId }: { assetId: string | undefined }) {
  const { q } = route.useSearch()
  const navigate = useNavigate()
  const { data: open } = useQuery({ ...assetDetail(assetId ?? ''), enabled: assetId !== undefined })
  const openPath = useMemo(
    () => (open === undefined ? [] : [...open.path, open].filter(isExpandable).map(({ id }) => id)),
    [open],
  )
  const search = (text: string): void => {
    void navigate({ to: '.', search: (before) => ({ ...before, q: text === '' ? undefined : text }), replace: true })
  }
  return (
    <aside className={classes.tree} aria-label="Catalog">
      <PageHeader title="Assets" />
      <div className={classes.filter}>
        <SearchField
          label="Filter assets"
          placeholder="Filter by name"
          value={q ?? ''}
          onSearch={search}
          width="100%"
        />
      </div>
      {q === undefined ? <AssetTree openId={assetId} openPath={openPath} /> : <AssetResults q={q} openId={assetId} />}
    </aside>
  )
}
