import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** Values of a series, oldest first: `at` in milliseconds. */
export interface SeriesHistory {
  at: number[]
  values: number[]
}

/** A year and a month: so the same day a year ago is among them. */
const longestDays = 400
/** Three months of hourly points, or as many years as there are days above. */
const mostPoints = 2_200

/**
 * What is known of the series of some tables before `before`, by asset and key. Without points that have no value, and those
 * that a person marked as known bad.
 */
export async function metricHistory(
  db: Database,
  assetIds: readonly string[],
  before: Date,
): Promise<Map<string, Map<string, SeriesHistory>>> {
  const { rows } = await sql<SeriesHistory & { assetId: string; key: string }>`
    select s.asset_id as "assetId", s.key, h.at, h.values
    from metric_series s
    cross join lateral (
      select array_agg(extract(epoch from p.at)::float8 * 1000 order by p.at) as at,
        array_agg(p.value order by p.at) as values
      from (
        select at, value from metric_point
        where series_id = s.id and value is not null and known_bad_by is null
          and at < ${before} and at > ${before}::timestamptz - ${longestDays} * interval '1 day'
        order by at desc limit ${mostPoints}
      ) p
    ) h
    where s.asset_id = any(${[...assetIds]}::uuid[]) and s.ended_at is null and h.at is not null`.execute(db)
  const byAsset = Map.groupBy(rows, ({ assetId }) => assetId)
  return new Map([...byAsset].map(([id, series]) => [id, new Map(series.map((one) => [one.key, one]))]))
}
