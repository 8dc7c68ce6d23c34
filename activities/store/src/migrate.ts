import { runner } from 'node-pg-migrate'

/** Brings the record to the newest form; several processes may call it at once, one of them does it. */
export async function migrate(url: string): Promise<string[]> {
  const done = await runner({
    databaseUrl: url,
    dir: new URL('../migrations', import.meta.url).pathname,
    direction: 'up',
    migrationsTable: 'migration',
    checkOrder: true,
    singleTransaction: true,
    advisoryLockMode: 'wait',
    log: () => undefined,
  })
  return done.map((migration) => migration.name)
}
