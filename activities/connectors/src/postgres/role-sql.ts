import { settingText, type Settings } from '../kind.ts'
import { quoteIdentifier } from './quote.ts'

/**
 * A role that can do what Plumbline does and nothing else. Discovery and lineage read the system catalog, which every role
 * may; only tags look at values, and only they need SELECT.
 */
export function roleSql(settings: Settings): string {
  const role = identifier(settingText(settings, 'user') || 'plumbline')
  const target = identifier(settingText(settings, 'database') || 'your_database')
  return `create role ${role} login password 'choose-a-long-one';
alter role ${role} set default_transaction_read_only = on;
grant connect on database ${target} to ${role};

-- Enough for discovery and lineage. Tags also look at a few values;
-- for them either all tables (PostgreSQL 14 and later) …
grant pg_read_all_data to ${role};
-- … or schema by schema:
-- grant usage on schema public to ${role};
-- grant select on all tables in schema public to ${role};
-- alter default privileges in schema public grant select on tables to ${role};`
}

const identifier = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name))
