import { withClient } from './generate-jobs.ts'

/** Values of the generated jobs to filter by: common, rare and empty ones. */
export interface Samples {
  connections: string[]
  databases: string[]
  schemas: string[]
  tables: string[]
  actors: string[]
  rootJobId: string
  parentJobId: string
  jobId: string
  newestMs: number
}

/** From the largest connection of the first organization to its smallest; likewise the rest. */
export async function samplesOf(databaseUrl: string): Promise<Samples> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<Omit<Samples, 'newestMs'> & { newest: Date }>(`
      select
        array(select generated.id_of('connection ' || c)::text from unnest('{0,7,39}'::int[]) c) as connections,
        array(select generated.asset_of(c, 'database', 0)::text from unnest('{0,7,39}'::int[]) c) as databases,
        array(select generated.asset_of(c, 'schema', 0)::text from unnest('{0,7,39}'::int[]) c) as schemas,
        array(select generated.asset_of(c, 'table', 2)::text from unnest('{0,7,39}'::int[]) c) as tables,
        '{Schedule nightly 0,person0@example.com,person59@example.com,airflow,nobody@example.com}'::text[] as actors,
        (select root_job_id from job where attempt = 3 and organization_id = generated.id_of('organization 1') limit 1) as "rootJobId",
        (select parent_job_id from job where parent_job_id is not null and organization_id = generated.id_of('organization 1') limit 1) as "parentJobId",
        (select id from job where organization_id = generated.id_of('organization 1') order by id offset 1000 limit 1) as "jobId",
        (select max(created_at) from job) as newest`)
    const [row] = rows
    if (!row) throw new Error('no jobs were generated')
    const { newest, ...samples } = row
    return { ...samples, newestMs: newest.getTime() }
  })
}
