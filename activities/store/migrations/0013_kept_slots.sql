-- Up Migration

-- A job whose connection has a slot for it gets it with its row, and begins with the first attempt of its first step: its run asks
-- nothing before. What it asked for was a round trip, a marker in its history and two statements.

alter table job add slot_kept boolean not null default false;
comment on column job.slot_kept is
  'A slot of its connection was kept for it when it was made. It counts as taken while the job is pending; given up, the job asks for one';

create or replace function free_slots(of_connection connection) returns int language sql as $$
  select greatest(0, case when of_connection.paused_at is null then of_connection.max_concurrent_jobs else 0 end
    - (select count(*)::int from job
      where connection_id = of_connection.id and ended_at is null and (status = 'running' or slot_kept)))
$$;

create function keep_slot(for_asset uuid, of_organization uuid) returns boolean language plpgsql as $$
declare
  at connection;
begin
  select c.* into at from connection c
  where c.id = (select a.connection_id from asset a where a.id = for_asset and a.organization_id = of_organization)
  for no key update;
  return free_slots(at) > 0 and not exists (select from job earlier
    where earlier.connection_id = at.id and earlier.status = 'pending' and earlier.ended_at is null and not earlier.slot_kept);
end $$;
comment on function keep_slot is
  'Whether a new job may have a slot at once: one is free and no earlier job is without. Locks the connection, so that no other gets it';

create or replace function insert_jobs(new_ids uuid[], of_assets uuid[], made jsonb, steps jsonb, kinds text[])
  returns uuid[] language plpgsql as $$
declare
  kept boolean = coalesce((made ->> 'keepSlot')::boolean, false) and cardinality(of_assets) = 1
    and keep_slot(of_assets[1], (made ->> 'organizationId')::uuid);
  inserted uuid[];
begin
  with written as (
    insert into job (id, organization_id, type, connection_id, asset_id, schema_id, database_id,
      asset_kind, asset_name, asset_qualified_name, database_name, config, trigger_kind, actor, schedule_id,
      parent_job_id, root_job_id, retry_of, attempt, slot_kept)
    select t.id, a.organization_id, made ->> 'type', a.connection_id, a.id,
      case when a.kind = 'schema' then a.id else a.schema_id end, a.database_id,
      a.kind, a.name, a.qualified_name, d.name, made -> 'config', made ->> 'trigger', made ->> 'actor', made ->> 'scheduleId',
      (made ->> 'parentJobId')::uuid, coalesce((made -> 'retry' ->> 'rootJobId')::uuid, t.id),
      (made -> 'retry' ->> 'of')::uuid, coalesce((made -> 'retry' ->> 'attempt')::int, 1), kept
    from unnest(new_ids, of_assets) with ordinality as t(id, asset_id, place)
    join asset a on a.id = t.asset_id join asset d on d.id = a.database_id
    where a.organization_id = (made ->> 'organizationId')::uuid and a.removed_at is null and a.kind = any(kinds)
    order by t.place
    on conflict do nothing
    returning id)
  select coalesce(array_agg(id), '{}') into inserted from written;
  insert into job_step (job_id, name, label, weight, unit, version, position)
  select job_id, s.name, s.label, s.weight, s.unit, s.version, s.position
  from unnest(inserted) as job_id,
    jsonb_to_recordset(steps) as s(name text, label text, weight real, unit text, version int, position int);
  perform append_job_events(inserted);
  return inserted;
end $$;

create function take_slot(asking uuid, asking_run text) returns uuid[] language plpgsql as $$
declare
  at connection = lock_connection_of(asking);
  me job;
  first job_step;
  now_free boolean = false;
  changed uuid[] = '{}';
begin
  select * into me from job where id = asking;
  if me.id is null or me.ended_at is not null then return changed; end if;
  if me.status = 'pending' then
    now_free := me.slot_kept or (free_slots(at) > 0 and not exists (select from job w where w.connection_id = at.id
      and w.id <> asking and w.status = 'pending' and w.ended_at is null and w.queued_at is not null));
    if me.queued_at is null and not now_free then
      update job set queued_at = now(), run_id = coalesce(asking_run, run_id), unreachable = false where id = asking;
      changed := array[asking];
    end if;
    if not now_free then
      changed := changed || admit_waiting_jobs(at);
      select * into me from job where id = asking;
    end if;
  end if;
  if me.status = 'running' or now_free then
    select s.* into first from job_step s
    where s.job_id = asking and s.status = 'pending' and not exists (
      select from job_step o where o.job_id = asking and o.status <> 'pending' and o.taken_over_from is null)
    order by s.position limit 1;
    if now_free or first.name is not null then
      update job j set status = 'running', started_at = coalesce(j.started_at, now()), unreachable = false,
        run_id = case when j.queued_at is null then coalesce(asking_run, j.run_id) else j.run_id end,
        queued_at = coalesce(j.queued_at, now()),
        step = coalesce(first.name, j.step), message = coalesce(first.label, 'Running'),
        percent = greatest(j.percent, least(99, (select coalesce(sum(s.weight), 0) from job_step s
          where s.job_id = asking and s.status = 'completed')))
      where j.id = asking;
      if not asking = any(changed) then changed := changed || asking; end if;
    end if;
    if first.name is not null then
      update job_step s set status = 'running', run_id = asking_run, started_at = now()
      where s.job_id = asking and s.name = first.name;
    end if;
  end if;
  return changed;
end $$;
comment on function take_slot is
  'Admits a job that has not begun, or puts it in line; with its slot it opens the first step that is not taken over. The jobs it changed';

create or replace function begin_job(asking uuid, asking_run text)
  returns table (status text, place int, opened text, finished jsonb) language plpgsql as $$
declare
  changed uuid[] = take_slot(asking, asking_run);
begin
  return query select j.status, place_in_queue(j),
    (select s.name from job_step s
      where s.job_id = asking and s.status = 'running' and s.run_id is not distinct from asking_run),
    (select coalesce(jsonb_agg(jsonb_build_object('step', s.name, 'result', s.result) order by s.position), '[]')
      from job_step s where s.job_id = asking and s.taken_over_from is not null)
    from job j where j.id = asking and j.ended_at is null;
  perform append_job_events(changed);
end $$;

drop function begin_attempt(uuid, text, int, text);
create function begin_attempt(of_job uuid, of_step text, nth int, in_run text, with_source boolean default false)
  returns table (id uuid, organization_id uuid, type text, status text, connection_id uuid, asset_id uuid, asset_kind text,
    schema_id uuid, database_id uuid, config jsonb, ended_at timestamptz, failures int,
    source_kind text, source_settings jsonb, sealed_credentials bytea)
  language plpgsql as $$
declare
  changed uuid[] = '{}';
  failed_before int;
begin
  perform from job j where j.id = of_job and j.status = 'pending';
  if found then changed := take_slot(of_job, in_run); end if;
  update job_step s set attempts = nth, next_attempt_at = null
  where s.job_id = of_job and s.name = of_step and s.status = 'running' and s.attempts <= nth
    and (s.run_id is null or s.run_id = in_run)
    and exists (select from job j where j.id = of_job and j.ended_at is null)
  returning s.failures into failed_before;
  return query select j.id, j.organization_id, j.type, j.status, j.connection_id, j.asset_id, j.asset_kind, j.schema_id,
    j.database_id, j.config, j.ended_at::timestamptz, failed_before, c.kind, c.settings, c.sealed_credentials
    from job j left join connection c on with_source and c.id = j.connection_id where j.id = of_job;
  perform append_job_events(changed);
end $$;
comment on function begin_attempt is
  'Takes the lease of a step from every earlier attempt, unless `failures` is null, and gives what its work needs to know; the first '
  'of a job that has not begun asks for its slot. `with_source`: also how its source is opened';
