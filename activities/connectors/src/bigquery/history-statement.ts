import { quoteIdentifier, quoteLiteral } from './quote.ts'

/** No query runs longer: https://cloud.google.com/bigquery/quotas#query_jobs. */
const longestQueryMs = 6 * 3_600_000

/** Of a project and a location; what it keeps, and for how long: https://cloud.google.com/bigquery/docs/information-schema-jobs. */
export interface HistoryWindow {
  project: string
  region: string
  since: Date
  to: Date
  limit: number
  maxLength: number
}

/** Kinds of statements that write rows, or make a table of another; views are traced by what they are now. */
const writingTypes = [
  'CREATE_SNAPSHOT_TABLE',
  'CREATE_TABLE',
  'CREATE_TABLE_AS_SELECT',
  'INSERT',
  'MERGE',
  'SCRIPT',
  'UPDATE',
]

/** The jobs of a project that ran in a location; the text of a query is shown by this view alone. */
export const historyView = (project: string, region: string): string =>
  `${quoteIdentifier(project)}.${quoteIdentifier(`region-${region}`)}.INFORMATION_SCHEMA.JOBS`

/**
 * One row a text and, where that does not say it, the table that its result was written to. When a job was created is what the view is
 * partitioned by, so that only days which can matter are read, and billed. A script counts itself: its statements are left out. What
 * Plumbline runs has its label. Results that nobody named a table for are in hidden datasets, whose names begin with `_`.
 */
export function historyStatement({ project, region, since, to, limit, maxLength }: HistoryWindow): string {
  const begun = new Date(Math.max(0, since.getTime() - longestQueryMs))
  return `select if(length(query) <= ${maxLength}, query, null) as text,
    if(statement_type = 'SELECT', destination_table.dataset_id, null) as target_dataset,
    if(statement_type = 'SELECT', destination_table.table_id, null) as target_table, cast(count(*) as string) as calls
  from ${historyView(project, region)}
  where creation_time >= ${momentOf(begun)} and end_time >= ${momentOf(since)} and end_time < ${momentOf(to)}
    and state = 'DONE' and error_result is null and parent_job_id is null
    and (statement_type in (${writingTypes.map(quoteLiteral).join(', ')})
      or (statement_type = 'SELECT' and destination_table.project_id = ${quoteLiteral(project)}
        and not starts_with(destination_table.dataset_id, '_')))
    and not exists (select 1 from unnest(labels) as label where label.key = 'plumbline')
  group by query, target_dataset, target_table order by count(*) desc, query limit ${limit}`
}

const momentOf = (time: Date): string => `timestamp_millis(${time.getTime()})`
