import { sql } from 'kysely'
import type { Trx } from '../jobs/job-events.ts'
import type { DiscoveryScope } from './match-catalog.ts'

/**
 * Who reads a partitioned table does not look at its partitions: that one was detached is told as a change of the table too, and the
 * change of the partition names the table.
 *
 * @param start the first free position
 * @returns how many changes came to it
 */
export async function tellDetachedPartitions(
  trx: Trx,
  { jobId, connectionId }: DiscoveryScope,
  start: number,
): Promise<number> {
  const result = await sql`
    with detached as materialized (
      select c.position, a.qualified_name as partition, c.reason, p.id as table_id, p.external_id, p.qualified_name as "table"
      from discovered_change c
      join asset a on a.id = c.asset_id and a.connection_id = ${connectionId}::uuid
      join asset p on p.connection_id = a.connection_id and p.external_id = a.document ->> 'partitionOf' and p.removed_at is null
      where c.job_id = ${jobId}::uuid and c.kind = 'partition_changed' and c.breaking
        and not exists (select from discovered_match m
          where m.job_id = c.job_id and m.asset_id = p.id and m.state = 'removed')
    ), named as (
      update discovered_change c set before = concat(c.before, ' of ', d."table") from detached d
      where c.job_id = ${jobId}::uuid and c.position = d.position
    )
    insert into discovered_change (job_id, position, external_id, asset_id, kind, before, breaking, reason)
    select ${jobId}::uuid, ${start}::int + row_number() over (order by d.partition) - 1, d.external_id, d.table_id,
      'partition_changed', 'partition ' || d.partition, true, 'Queries on the table no longer give the rows of this partition'
    from detached d`.execute(trx)
  return Number(result.numAffectedRows ?? 0)
}
