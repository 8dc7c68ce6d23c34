import { Client } from 'pg'

/** How often the tables of a database were scanned; sessions tell of their scans when they end, at the latest. */
export async function scansOf(sourceUrl: string): Promise<number> {
  const client = new Client({ connectionString: sourceUrl })
  await client.connect()
  try {
    const { rows: counted } = await client.query<{ scans: string }>(
      `select sum(seq_scan + coalesce(idx_scan, 0)) as scans from pg_stat_user_tables`,
    )
    return Number(counted[0]?.scans ?? 0)
  } finally {
    await client.end()
  }
}
