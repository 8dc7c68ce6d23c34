import { sql } from 'kysely'
import { appendJobEvents, type Trx } from './job-events.ts'
import { activeJob, heldBy, type StepLease } from './step-lease.ts'

export interface StepProgress {
  done: number
  /** Null while it is not known yet. */
  total: number | null
  message?: string
}

/** The row of the job before that of the step: the order in which every writer takes its locks. */
export async function recordProgress(trx: Trx, lease: StepLease, progress: StepProgress): Promise<void> {
  const written = await sql`
    update job_step s set done = greatest(s.done, ${progress.done}), total = ${progress.total},
      message = coalesce(${progress.message ?? null}, s.message)
    from ${activeJob(lease.jobId)} where s.job_id = active.id and ${heldBy(lease)}`.execute(trx)
  if (written.numAffectedRows === 1n) await writeProgress(trx, lease.jobId)
}

/** The percentage follows from the steps: the weights of those that ended and the share of the one that runs. */
export async function writeProgress(trx: Trx, jobId: string): Promise<void> {
  await sql`
    update job set
      step = coalesce(running.name, job.step),
      message = coalesce(running.message, running.label, job.message),
      percent = greatest(job.percent, least(99, steps.percent))
    from (
      select sum(case when status = 'completed' then weight
        when status = 'running' and total > 0 then weight * least(1, done::real / total) else 0 end) as percent
      from job_step where job_id = ${jobId}::uuid
    ) steps
    left join lateral (
      select name, label, message from job_step where job_id = ${jobId}::uuid and status = 'running' limit 1
    ) running on true
    where job.id = ${jobId}::uuid and job.status = 'running'`.execute(trx)
  await appendJobEvents(trx, [jobId])
}
