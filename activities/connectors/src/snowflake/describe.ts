import type { SourceDescription } from '../connector.ts'
import type { SnowflakeLink } from './link.ts'

interface Described {
  version: string
  user: string | null
  role: string | null
  warehouse: string | null
  account: string | null
  region: string | null
}

/** Who is connected, as which role, and what computes. */
export async function describe(link: SnowflakeLink): Promise<SourceDescription> {
  const [found] = await link.query<Described>(`select current_version() as "version", current_user() as "user",
    current_role() as "role", current_warehouse() as "warehouse", current_account() as "account",
    current_region() as "region"`)
  const { version = 'of an unknown version', user = null, ...details } = found ?? {}
  return { product: `Snowflake ${version}`, user: user ?? link.settings.user, details }
}
