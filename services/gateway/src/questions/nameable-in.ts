import type { Nameable } from '@plumbline/analysis'
import { nameableThings, type Database } from '@plumbline/store'

/** What phrases may name, as the record has it. */
export async function nameableIn(
  db: Database,
  organizationId: string,
  phrases: readonly string[],
): Promise<Nameable[]> {
  const found = await nameableThings(db, organizationId, phrases)
  return [
    ...found.assets.map((asset) => ({ is: 'asset' as const, ...asset })),
    ...found.connections.map((one) => ({ is: 'connection' as const, ...one })),
    ...found.schedules.map((one) => ({ is: 'schedule' as const, ...one })),
    ...found.actors.map((name) => ({ is: 'actor' as const, name })),
  ]
}
