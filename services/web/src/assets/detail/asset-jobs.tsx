import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { JobList } from '../../jobs/list/job-list.tsx'
import type { JobSearch } from '../../jobs/job-search.ts'
import type { AssetDetail } from '@plumbline/api'

/** The jobs of the asset and of all below it. */
export function AssetJobs({ asset }: { asset: AssetDetail }) {
  const [order, setOrder] = useState<Pick<JobSearch, 'sort' | 'order'>>({})
  const navigate = useNavigate()
  return (
    <JobList
      search={{ assetId: asset.id, ...order }}
      scope={asset}
      overList={false}
      onOpen={(job) => void navigate({ to: '/jobs/$jobId', params: { jobId: job.id }, search: {} })}
      onSearch={({ sort, order: direction }) => setOrder({ sort, order: direction })}
    />
  )
}
