/** Brings the record to the newest form; several processes may call it at once, one of them does it. */
export async function migrate(url: string): Promise<string[]> {
  // Only who migrates needs it; workers never do.
  const { runner } = await import('node-pg-migrate')
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
