import type { PastJob } from './history.ts'
import { days, lastDays, months, weeks, type Stretch } from './stretches.ts'
import {
  average,
  busiest,
  compared,
  count,
  errors,
  list,
  median,
  perDay,
  place,
  rate,
  slowest,
  some,
  why,
  type AskedQuestion,
} from './truths.ts'

/**
 * Questions as a person types them: lower case, no punctuation, mistyped, in any order of words. They were written
 * before the rules were looked at, and are there to say how far the rules reach beyond what they were made for.
 */
export function paraphrases(past: readonly PastJob[], now: number): AskedQuestion[] {
  const jobs = (wanted: Partial<PastJob>, [from, to]: Stretch = [0, now]): PastJob[] =>
    past.filter(
      (job) =>
        Object.entries(wanted).every(([key, value]) => Object.is(Reflect.get(job, key), value)) &&
        job.createdAt >= from &&
        job.createdAt < to,
    )
  const { today, yesterday } = days(now)
  const { thisWeek, lastWeek } = weeks(now)
  const { thisMonth, lastMonth } = months(now)
  const tenDays = lastDays(now, 10)
  const failed = { status: 'failed' } as const
  const discovery = { type: 'schema_discovery' } as const
  const completed = { status: 'completed' } as const
  return [
    count('how many jobs failed yesterday', jobs(failed, yesterday)),
    count('failed jobs count for crm this month', jobs({ ...failed, connection: 'Crm' }, thisMonth)),
    count('number of discoverys run last week', jobs(discovery, lastWeek)),
    count('how mny jobs faild today', jobs(failed, today)),
    count('total jobs on billing ledger', jobs({ connection: 'Billing ledger' })),
    count(
      'count of cancelled freshness checks this month',
      jobs({ type: 'freshness_check', status: 'cancelled' }, thisMonth),
    ),
    count('yesterday how many lineage extractions did we run', jobs({ type: 'lineage_extraction' }, yesterday)),
    count(
      'how many times did metric capture fail on orders this month',
      jobs({ ...failed, type: 'metric_capture', connection: 'orders' }, thisMonth),
    ),
    count('how many jobs did carla start last week', jobs({ actor: 'carla' }, lastWeek)),
    count(
      'how many tag jobs got cancelled in the last 10 days',
      jobs({ type: 'tag_generation', status: 'cancelled' }, tenDays),
    ),
    count('jobs ben ran this week, how many', jobs({ actor: 'ben' }, thisWeek)),
    count(
      'how many succesful jobs in warehouse_eu this week',
      jobs({ ...completed, connection: 'warehouse_eu' }, thisWeek),
    ),
    some('any failures today', jobs(failed, today)),
    some('did anything fail yesterday?', jobs(failed, yesterday)),
    list('show failed ones from yesterday', jobs(failed, yesterday)),
    list('list everything that failed this week on crm', jobs({ ...failed, connection: 'Crm' }, thisWeek)),
    list('what failed today', jobs(failed, today)),
    list('which jobs were cancelled yesterday', jobs({ status: 'cancelled' }, yesterday)),
    list('give me carlas failed jobs this week', jobs({ ...failed, actor: 'carla' }, thisWeek)),
    list('whats been run on orders today', jobs({ connection: 'orders' }, today)),
    list('recent failed discoveries', jobs({ ...failed, ...discovery })),
    list('latest lineage jobs for billing ledger', jobs({ type: 'lineage_extraction', connection: 'Billing ledger' })),
    list("show me ann's jobs since monday", jobs({ actor: 'ann' }, thisWeek)),
    list(
      'cancelled tag generations last month please',
      jobs({ type: 'tag_generation', status: 'cancelled' }, lastMonth),
    ),
    list('what ran on wharehouse_eu yesterday', jobs({ connection: 'warehouse_eu' }, yesterday)),
    list('broken jobs this week', jobs(failed, thisWeek)),
    list('can you show me the failed metric captures', jobs({ ...failed, type: 'metric_capture' })),
    list(
      'i want to see the jobs that failed on billing ledger last week',
      jobs({ ...failed, connection: 'Billing ledger' }, lastWeek),
    ),
    average('how long does a discovery take on average', jobs({ ...completed, ...discovery })),
    median(
      'typical duration of lineage extraction for orders',
      jobs({ ...completed, type: 'lineage_extraction', connection: 'orders' }),
    ),
    median('how much time do freshness checks need usually', jobs({ ...completed, type: 'freshness_check' })),
    median('median runtime of tag generation this month', jobs({ ...completed, type: 'tag_generation' }, thisMonth)),
    median('how long do dicovery jobs take', jobs({ ...completed, ...discovery })),
    slowest('slowest jobs this week', jobs({}, thisWeek)),
    slowest('which discovery took the longest yesterday', jobs(discovery, yesterday)),
    rate('success rate this week', jobs({}, thisWeek), 'completed'),
    rate('what percentage of jobs failed last week', jobs({}, lastWeek), 'failed'),
    rate('how reliable are freshness checks this month', jobs({ type: 'freshness_check' }, thisMonth), 'completed'),
    compared('were there more failures this week than last week', jobs(failed, thisWeek), jobs(failed, lastWeek)),
    compared('failures this month vs last month', jobs(failed, thisMonth), jobs(failed, lastMonth)),
    perDay('failures per day this week', jobs(failed, thisWeek)),
    why('why did the last discovery fail', jobs({ ...failed, ...discovery })[0]),
    why('reason for the last failure on crm', jobs({ ...failed, connection: 'Crm' })[0]),
    why('what was the error of the last failed lineage extraction', jobs({ ...failed, type: 'lineage_extraction' })[0]),
    errors('most common errors this week', jobs(failed, thisWeek)),
    errors('what errors did we get on orders last week', jobs({ ...failed, connection: 'orders' }, lastWeek)),
    busiest('who ran the most jobs last week', jobs({}, lastWeek)),
    place('which database fails most', jobs(failed)),
  ]
}
