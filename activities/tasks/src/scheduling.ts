import { countActiveJobsOfTick, takeTick, type Database } from '@plumbline/store'
import { jobDefinition, type SchedulingActivities, type TickStart } from '@plumbline/workflows'
import { written } from './written.ts'

const nothing: TickStart = { jobIds: [], workflow: '', config: {} }

/** What a tick of a schedule asks of the record; local activities, tried until it answers. */
export function createSchedulingActivities({ db }: { db: Database }): SchedulingActivities {
  return {
    async takeTick({ scheduleId, at }) {
      const jobs = await written(takeTick(db, scheduleId, new Date(at)))
      if (!jobs) return nothing
      return { jobIds: jobs.jobIds, workflow: jobDefinition(jobs.type).workflow, config: jobs.config }
    },
    async countActiveJobs({ scheduleId, at }) {
      return { active: await written(countActiveJobsOfTick(db, scheduleId, new Date(at))) }
    },
  }
}
