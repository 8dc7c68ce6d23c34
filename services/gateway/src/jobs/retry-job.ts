import type { zRetryJob } from '@plumbline/api'
import { createRetry, findJob, type Actor } from '@plumbline/store'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { notFound, ProblemError } from '../http/problem.ts'
import { alreadyActive, launch, parseConfig } from './start-job.ts'

/** @returns the id of the next attempt in the chain */
export async function retryJob(
  deps: Pick<Deps, 'db' | 'engine' | 'log'>,
  actor: Actor,
  jobId: string,
  request: z.output<typeof zRetryJob>,
): Promise<string> {
  const job = await findJob(deps.db, actor.organizationId, jobId)
  if (!job) throw notFound('job', jobId)
  const config = request.config && parseConfig(job.type, request.config)
  const retried = await createRetry(deps.db, actor, jobId, { mode: request.mode, config })
  switch (retried.kind) {
    case 'not-found':
      throw new ProblemError('job-not-retryable', 'The asset of this job is not there any more')
    case 'refused':
      throw new ProblemError('job-not-retryable', retried.reason)
    case 'already-active':
      throw alreadyActive(retried.existingJobId)
    case 'created':
      await launch(deps, {
        id: retried.jobId,
        type: job.type,
        organizationId: job.organization_id,
        assetId: job.asset_id,
        config: config ?? job.config,
      })
      return retried.jobId
  }
}
