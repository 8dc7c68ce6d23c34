-- A year of jobs of two organizations, set-based and the same at every run: what is random follows from a row's number.
-- Blocks of 100 jobs hold chains of retries, discoveries with their children, failures and cancelled jobs at fixed places.

create schema generated;

create function generated.chance(n bigint, salt int) returns float8 language sql immutable parallel safe
return (hashint8extended(n, salt) & 1048575)::float8 / 1048576;

create function generated.pick(from_list text[], chance float8) returns text language sql immutable parallel safe
return from_list[1 + floor(chance * array_length(from_list, 1))::int];

create function generated.id_of(name text) returns uuid language sql immutable parallel safe
return (substr(md5(name), 1, 12) || '8' || substr(md5(name), 13, 3) || '8' || substr(md5(name), 16, 15))::uuid;

-- Of organization 1 are the connections 0 to 39, of organization 2 the ten after them.
create function generated.organization_of(connection int) returns uuid language sql immutable parallel safe
return generated.id_of('organization ' || case when connection < 40 then 1 else 2 end);

create function generated.asset_of(connection int, level text, n int) returns uuid language sql immutable parallel safe
return generated.id_of('asset ' || connection || ' ' || level || ' ' || n);

create function generated.created_at(n bigint, size bigint, until timestamptz) returns timestamptz
language sql immutable parallel safe
return until - interval '365 days' * ((size - n - generated.chance(n, 1)) / size);

-- A UUID of version 7, so that ids lie together in time as those of the product do.
create function generated.job_id(n bigint, created_at timestamptz) returns uuid language sql immutable parallel safe
return (lpad(to_hex(floor(extract(epoch from created_at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
  || '8' || substr(md5(n::text), 4, 15))::uuid;

-- Known before the phrase is written, so that no job is written twice.
create function generated.phrase_id(organization uuid, said text) returns bigint language sql immutable parallel safe
return hashtextextended(organization || said, 0) & 1125899906842623;

create procedure generated.load_phrases() language sql begin atomic
  insert into job_phrase (id, organization_id, said) overriding system value
    select distinct phrase_id, organization_id, phrase_of(job) from job where phrase_id is not null;
  insert into job_asset_name (organization_id, database_id, asset_id, name)
    select distinct organization_id, database_id, asset_id, lower(asset_qualified_name) from job;
end;

create procedure generated.load_catalog() language sql begin atomic
  insert into organization (id, name) values
    (generated.id_of('organization 1'), 'local'), (generated.id_of('organization 2'), 'Another');
  insert into connection (id, organization_id, name, kind, settings, max_concurrent_jobs)
    select generated.id_of('connection ' || c), generated.organization_of(c), 'Warehouse ' || c, 'postgres', '{}', 4
    from generate_series(0, 49) c;
  insert into asset (id, organization_id, connection_id, parent_id, database_id, schema_id, kind, name, qualified_name, external_id)
    select generated.asset_of(c, 'database', 0), generated.organization_of(c), generated.id_of('connection ' || c), null,
      generated.asset_of(c, 'database', 0), null, 'database', 'warehouse_' || c, 'warehouse_' || c, 'd'
    from generate_series(0, 49) c;
  insert into asset (id, organization_id, connection_id, parent_id, database_id, schema_id, kind, name, qualified_name, external_id)
    select generated.asset_of(c, 'schema', s), generated.organization_of(c), generated.id_of('connection ' || c),
      generated.asset_of(c, 'database', 0), generated.asset_of(c, 'database', 0), null, 'schema', name,
      'warehouse_' || c || '.' || name, 's' || s
    from generate_series(0, 49) c, generate_series(0, 9) s,
      lateral (select (array['sales', 'finance', 'people', 'support', 'marketing', 'logistics', 'web', 'staging', 'archive', 'public'])[s + 1]
        || '_' || c as name) named;
  insert into asset (id, organization_id, connection_id, parent_id, database_id, schema_id, kind, name, qualified_name, external_id)
    select generated.asset_of(c, 'table', t), s.organization_id, s.connection_id, s.id, s.database_id, s.id, 'table', named.name,
      s.qualified_name || '.' || named.name, 't' || t
    from generate_series(0, 49) c cross join generate_series(0, 1999) t
      join asset s on s.id = generated.asset_of(c, 'schema', t / 200)
      cross join lateral (select generated.pick(array['orders', 'customers', 'invoices', 'payments', 'sessions', 'tickets', 'shipments',
        'employees', 'campaigns', 'products'], generated.chance(t, 2)) || '_' || lpad(t::text, 4, '0') as name) named;
end;

-- What each number stands for, before its times and texts. The newest 300 are active: 96 run, the rest wait on one connection.
create view generated.plan as
select n, slot, active, root, attempt, parent, resolver, type, connection, level, asset_number,
  case when active >= 96 then 'pending' when active >= 0 then 'running' when resolver is not null or slot in (0, 6) and broken then 'failed'
    when slot = 20 or slot = 21 and generated.chance(block, 12) < 0.3 then 'cancelled' else 'completed' end as status,
  case when attempt > 1 then 'retry' when parent is not null then 'parent'
    else generated.pick('{schedule,schedule,schedule,schedule,schedule,schedule,schedule,schedule,manual,manual,api}', generated.chance(n, 20)) end
    as trigger_kind
from (
  select *,
    case when slot = 10 then 'schema_discovery' when slot = 11 and parent is not null then 'tag_generation'
      when slot = 12 and parent is not null then 'lineage_extraction'
      else generated.pick(current_setting('generated.types')::text[], generated.chance(anchor, 30) ^ 2) end as type,
    case when active >= 96 then 0 when active >= 0 then 1 + active % 30
      when generated.chance(anchor, 31) < 0.1 then 40 + floor(10 * generated.chance(anchor, 32))::int
      else floor(40 * generated.chance(anchor, 32) ^ 2)::int end as connection,
    case when active >= 0 then 'table' when slot between 10 and 12 or generated.chance(anchor, 33) < 0.05 then 'database'
      when generated.chance(anchor, 33) < 0.15 then 'schema' else 'table' end as level,
    case when active >= 0 then active else floor(2000 * generated.chance(anchor, 34) ^ 2)::int end as table_number
  from (
    select *, coalesce(parent, root) as anchor from (
      select *,
        case when slot = 1 and fixed_once then n - 1 when slot in (3, 4) and fixed_twice then n - slot + 2 else n end as root,
        case when slot = 1 and fixed_once or slot = 3 and fixed_twice then 2 when slot = 4 and fixed_twice then 3 else 1 end as attempt,
        case when slot in (11, 12) then n - slot + 10 end as parent,
        case when slot = 0 and fixed_once then n + 1 when slot in (2, 3) and fixed_twice then n - slot + 4 end as resolver,
        slot = 0 or generated.chance(block, 11) < 0.5 as broken
      from (
        select n, n / 100 as block, case when active < 0 then (n % 100)::int else 99 end as slot, active,
          generated.chance(n / 100, 9) < 0.6 as fixed_once, generated.chance(n / 100, 10) < 0.5 as fixed_twice
        from generate_series(current_setting('generated.from')::bigint, current_setting('generated.to')::bigint - 1) n,
          lateral (select (n - current_setting('generated.size')::bigint + 300)::int as active) a
        offset 0
      ) numbered
      offset 0
    ) linked
    offset 0
  ) anchored
  offset 0
) placed,
lateral (select case level when 'database' then 0 when 'schema' then table_number / 200 else table_number end as asset_number) numbered
offset 0;

create view generated.timed as
select p.*, created_at, queue_s, run_s, generated.job_id(n, created_at) as id,
  case when status <> 'pending' then created_at + interval '1 second' * queue_s end as started_at,
  case when active < 0 then created_at + interval '1 second' * (queue_s + run_s) end as ended_at
from generated.plan p,
lateral (select generated.created_at(n, current_setting('generated.size')::bigint, current_setting('generated.until')::timestamptz) as created_at) c,
lateral (select 0.05 + 3 * generated.chance(n, 40) ^ 4 as queue_s,
  (case type when 'schema_discovery' then 20 when 'tag_generation' then 3 else 0.4 end)
    * (1 + connection / 10.0) * exp(2.5 * generated.chance(n, 41)) as run_s) d
offset 0;

create procedure generated.load_jobs(first bigint, beyond bigint, size bigint, until timestamptz, types text[]) language plpgsql as $$
begin
  perform set_config('generated.size', size::text, true), set_config('generated.from', first::text, true),
    set_config('generated.to', beyond::text, true), set_config('generated.until', until::text, true),
    set_config('generated.types', types::text, true);
  with loaded as (insert into job (id, organization_id, type, status, connection_id, asset_id, schema_id, database_id, asset_kind, asset_name,
    asset_qualified_name, database_name, config, trigger_kind, actor, parent_job_id, root_job_id, retry_of, attempt, newest_attempt,
    resolved_by_job_id, created_at, queued_at, started_at, ended_at, percent, step, message, counts, error,
    cancel_requested_at, cancel_requested_by, run_id, phrase_id)
  select t.id, a.organization_id, t.type, t.status, a.connection_id, a.id,
    case when a.kind = 'schema' then a.id else a.schema_id end, a.database_id, a.kind, a.name, a.qualified_name,
    'warehouse_' || t.connection, '{}', t.trigger_kind,
    case t.trigger_kind when 'schedule' then 'Schedule ' || generated.pick('{nightly,hourly,weekly,every 5 minutes,month end}', generated.chance(n, 50)) || ' ' || t.connection
      when 'api' then generated.pick('{airflow,ci,dbt}', generated.chance(n, 51))
      else 'person' || floor(60 * generated.chance(n, 52) ^ 2)::int || '@example.com' end,
    case when t.parent is not null then generated.job_id(t.parent, generated.created_at(t.parent, size, until)) end,
    case when t.root = n then t.id else generated.job_id(t.root, generated.created_at(t.root, size, until)) end,
    case when t.attempt > 1 then generated.job_id(n - 1, generated.created_at(n - 1, size, until)) end,
    t.attempt, t.resolver is null,
    case when t.resolver is not null then generated.job_id(t.resolver, generated.created_at(t.resolver, size, until)) end,
    t.created_at, t.created_at + interval '30 milliseconds', t.started_at, t.ended_at,
    case when t.status = 'completed' then 100 when t.status = 'pending' then 0 else 40 end,
    case when t.status <> 'pending' then 'judge' end,
    said,
    case when t.status = 'completed' then jsonb_build_object('tables', floor(900 * generated.chance(n, 53))::int) else '{}' end,
    case when t.status = 'failed' then jsonb_build_object('code', code, 'message', failure, 'retryable', true,
      'hint', 'Check the connection and its permissions, then retry.', 'causes', '[]'::jsonb,
      'stack', repeat('    at readPage (connectors/postgres/read-catalog.ts:120:11)' || chr(10), 8)) end,
    case when t.status = 'cancelled' then t.ended_at end,
    case when t.status = 'cancelled' then 'person' || n % 60 || '@example.com' end,
    t.id::text, case when t.ended_at is not null then generated.phrase_id(a.organization_id, lower(said)) end
  from generated.timed t
  join asset a on a.id = generated.asset_of(t.connection, t.level, t.asset_number),
  lateral (select case when t.status = 'failed' then floor(6 * generated.chance(n, 60))::int end as kind_of_failure offset 0) f,
  lateral (select (array['connection-refused', 'permission-denied', 'statement-timeout', 'step-timed-out', 'authentication-failed', 'source-failed'])[kind_of_failure + 1] as code,
    case kind_of_failure
      when 0 then format('connect ECONNREFUSED 10.%s.%s.%s:5432', n % 3, n % 200, n % 250)
      when 1 then 'permission denied for table ' || a.name
      when 2 then 'canceling statement due to statement timeout after ' || (30 + n % 90) || ' s'
      when 3 then 'the source did not answer within ' || (10 + n % 50) || ' s'
      when 4 then 'password authentication failed for user "reader_' || t.connection || '"'
      else 'relation "' || a.qualified_name || '" does not exist' end as failure) e,
  lateral (select case t.status when 'pending' then '' when 'running' then 'Measuring tables' when 'failed' then failure
      when 'cancelled' then 'Cancelled by person' || n % 60 || '@example.com'
      else format(case t.type when 'schema_discovery' then 'Found %s tables, %s changes' when 'tag_generation' then 'Classified %s columns, tagged %s'
        when 'lineage_extraction' then 'Traced %s statements into %s edges' else 'Checked %s tables, %s late' end,
        floor(900 * generated.chance(n, 53))::int, floor(50 * generated.chance(n, 54) ^ 3)::int) end as said offset 0) m
  returning id, status, started_at, ended_at)
  insert into job_step (job_id, name, position, label, weight, unit, status, started_at, ended_at, done, total, attempts)
  select id, 'judge', 2, 'Judge', 1, 'tables', status, started_at, ended_at, 40, 100, 1 from loaded where status <> 'pending';
end $$;
