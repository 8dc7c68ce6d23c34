import type { SourceDescription } from '../connector.ts'
import type { PostgresLink } from './link.ts'

const statementTimeoutMs = 10_000
/** Roles that are named one by one. */
const mostRoles = 20

interface Described {
  version: string
  user: string
  superuser: boolean
  bypassesRowSecurity: boolean
  standby: boolean
  memberOf: string[]
}

/** Server, role, and what the role is by itself: what it was granted is for the test of a connection to find out. */
export async function describe(link: PostgresLink): Promise<SourceDescription> {
  await using _transaction = await link.begin(statementTimeoutMs)
  const [found] = await link.query<Described>(describeQuery, [mostRoles])
  const { version = 'of an unknown version', user = 'an unknown role', ...details } = found ?? {}
  return { product: `PostgreSQL ${version}`, user, details: { ...details, encrypted: link.tls } }
}

/** A superuser is a member of every role: naming them says nothing. */
const describeQuery = `
select split_part(current_setting('server_version'), ' ', 1) as version, r.rolname as user, r.rolsuper as superuser,
  r.rolbypassrls as "bypassesRowSecurity", pg_is_in_recovery() as standby,
  array(select g.rolname::text from pg_roles g
    where not r.rolsuper and g.oid <> r.oid and pg_has_role(r.oid, g.oid, 'member') order by g.rolname limit $1) as "memberOf"
from pg_roles r where r.rolname = current_user`
