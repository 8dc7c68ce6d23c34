import { ConnectorError } from '../connector-error.ts'
import { relationKey } from './catalog-rows.ts'
import { endsSession, type SnowflakeLink } from './link.ts'

interface PrivilegeRow {
  schema: string
  name: string
}

/**
 * The relations whose rows the roles of the session may read, by `relationKey`.
 * @returns undefined where Snowflake does not tell, as with too many grants: then it shows when they are read
 */
export async function readableRelations(link: SnowflakeLink, database: string): Promise<Set<string> | undefined> {
  try {
    const readable = new Set<string>()
    const sql = `select distinct table_schema as "schema", table_name as "name"
      from ${database}.information_schema.table_privileges
      where privilege_type in ('SELECT', 'OWNERSHIP') and is_role_in_session(grantee)`
    for await (const rows of link.pages<PrivilegeRow>(sql)) for (const row of rows) readable.add(relationKey(row))
    return readable
  } catch (error) {
    if (!(error instanceof ConnectorError) || endsSession(error)) throw error
    return undefined
  }
}
