import { settingText, type Settings } from '../kind.ts'
import { foldIdentifier, writtenIdentifier } from './quote.ts'

/**
 * A role that can do what Plumbline does and nothing else, and a user of it that no person is. REFERENCES shows the structure of tables
 * without their rows; only what looks at values needs SELECT.
 */
export function roleSql(settings: Settings): string {
  const named = (name: string, usual: string) =>
    writtenIdentifier(foldIdentifier(settingText(settings, name).trim() || usual))
  const [role, user, warehouse, database] = [
    named('role', 'PLUMBLINE'),
    named('user', 'PLUMBLINE'),
    named('warehouse', 'YOUR_WAREHOUSE'),
    named('database', 'YOUR_DATABASE'),
  ]
  return `create role if not exists ${role};
grant usage on warehouse ${warehouse} to role ${role};
grant usage on database ${database} to role ${role};
grant usage on all schemas in database ${database} to role ${role};
grant usage on future schemas in database ${database} to role ${role};

-- Enough for discovery: structure without rows …
${grants('references', database, role)}
-- … and for tags, metrics and freshness by values, also:
${grants('select', database, role)}

create user if not exists ${user} type = service default_role = ${role}
  default_warehouse = ${warehouse} rsa_public_key = 'MII…';
grant role ${role} to user ${user};`
}

const grants = (privilege: string, database: string, role: string): string =>
  ['tables', 'views', 'materialized views', 'dynamic tables', 'external tables']
    .filter((what) => privilege === 'select' || what === 'tables' || what === 'views')
    .flatMap((what) =>
      ['all', 'future'].map(
        (which) => `grant ${privilege} on ${which} ${what} in database ${database} to role ${role};`,
      ),
    )
    .join('\n')
