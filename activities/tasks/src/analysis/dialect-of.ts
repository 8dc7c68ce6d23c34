import type { SqlDialect } from '@plumbline/analysis'
import { connectionKind } from '@plumbline/connectors/kinds'
import { kindOf, type Database } from '@plumbline/store'

/** The SQL that the source of a connection speaks. */
export const dialectOf = async (db: Database, connectionId: string): Promise<SqlDialect> =>
  connectionKind(await kindOf(db, connectionId)).dialect
