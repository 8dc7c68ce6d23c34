-- Up Migration

-- The writes that every job makes. Each is one statement for its caller: one round trip, its own transaction unless the caller
-- has one, and the connection's row is locked for the time of a few cached plans instead of as many round trips.

create function append_job_events(changed uuid[]) returns void language plpgsql as $$
begin
  if cardinality(changed) = 0 then return; end if;
  insert into job_event (organization_id, job_id)
  select organization_id, id from job where id = any(changed) order by created_at, id;
  perform pg_notify('job_event', '');
end $$;
comment on function append_job_events is
  'One event a job. The last statement of a transaction: readers wait for a missing id as long as a short commit takes';

create function insert_jobs(new_ids uuid[], of_assets uuid[], made jsonb, steps jsonb, kinds text[])
  returns uuid[] language plpgsql as $$
declare
  inserted uuid[];
begin
  with written as (
    insert into job (id, organization_id, type, connection_id, asset_id, schema_id, database_id,
      asset_kind, asset_name, asset_qualified_name, database_name, config, trigger_kind, actor, schedule_id,
      parent_job_id, root_job_id, retry_of, attempt)
    select t.id, a.organization_id, made ->> 'type', a.connection_id, a.id,
      case when a.kind = 'schema' then a.id else a.schema_id end, a.database_id,
      a.kind, a.name, a.qualified_name, d.name, made -> 'config', made ->> 'trigger', made ->> 'actor', made ->> 'scheduleId',
      (made ->> 'parentJobId')::uuid, coalesce((made -> 'retry' ->> 'rootJobId')::uuid, t.id),
      (made -> 'retry' ->> 'of')::uuid, coalesce((made -> 'retry' ->> 'attempt')::int, 1)
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
comment on function insert_jobs is
  'Pending jobs of one kind and origin with their steps and events. Those that an index refuses, or whose asset is not there, are left out';

create function lock_connection_of(asking uuid) returns connection language sql as $$
  select c from connection c where c.id = (select connection_id from job where id = asking) for no key update
$$;
comment on function lock_connection_of is
  'Serializes admission. NO KEY UPDATE, because inserting a job only needs the connection to go on existing';

create function free_slots(of_connection connection) returns int language sql as $$
  select greatest(0, case when of_connection.paused_at is null then of_connection.max_concurrent_jobs else 0 end
    - (select count(*)::int from job where connection_id = of_connection.id and ended_at is null and status = 'running'))
$$;

create function admit_waiting_jobs(of_connection connection) returns uuid[] language plpgsql as $$
declare
  free int = free_slots(of_connection);
  admitted uuid[];
begin
  if free = 0 then return '{}'; end if;
  with given as (
    update job set status = 'running', started_at = now(), message = 'Running'
    where ended_at is null and id in (
      select id from job
      where connection_id = of_connection.id and status = 'pending' and ended_at is null
        and queued_at is not null and cancel_requested_at is null
      order by created_at, id limit free)
    returning id)
  select coalesce(array_agg(id), '{}') into admitted from given;
  return admitted;
end $$;
comment on function admit_waiting_jobs is
  'Gives free slots to the jobs that asked for one, oldest first. A slot is a row that is running, so none can leak';

create function place_in_queue(waiting job) returns int language plpgsql as $$
begin
  if waiting.status <> 'pending' or waiting.queued_at is null then return null; end if;
  return (select count(*) + 1 from job ahead
    where ahead.connection_id = waiting.connection_id and ahead.status = 'pending' and ahead.ended_at is null
      and ahead.queued_at is not null and (ahead.created_at, ahead.id) < (waiting.created_at, waiting.id));
end $$;
comment on function place_in_queue is 'Among the waiting jobs of its connection: 1 is next; null when it does not wait for a slot';

create function begin_job(asking uuid, asking_run text)
  returns table (status text, place int, opened text, finished jsonb) language plpgsql as $$
declare
  at connection = lock_connection_of(asking);
  me job;
  first job_step;
  now_free boolean = false;
  changed uuid[] = '{}';
begin
  select * into me from job where id = asking;
  if me.id is null or me.ended_at is not null then return; end if;
  if me.status = 'pending' then
    now_free := free_slots(at) > 0 and not exists (select from job w where w.connection_id = at.id and w.id <> asking
      and w.status = 'pending' and w.ended_at is null and w.queued_at is not null);
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
      where j.id = asking returning * into me;
    end if;
    if first.name is not null then
      update job_step s set status = 'running', run_id = asking_run, started_at = now()
      where s.job_id = asking and s.name = first.name;
    end if;
    if now_free or first.name is not null then
      if not asking = any(changed) then changed := changed || asking; end if;
    end if;
  end if;
  return query select me.status,
    place_in_queue(me),
    (select s.name from job_step s
      where s.job_id = asking and s.status = 'running' and s.run_id is not distinct from asking_run),
    (select coalesce(jsonb_agg(jsonb_build_object('step', s.name, 'result', s.result) order by s.position), '[]')
      from job_step s where s.job_id = asking and s.taken_over_from is not null);
  perform append_job_events(changed);
end $$;
comment on function begin_job is
  'Asks for a slot; with it opens the first step that is not taken over from an earlier attempt. No row: the job has ended';

create function discard_staging(of_job uuid) returns void language sql as $$
  delete from discovered_schema where job_id = of_job;
  delete from discovered_relation where job_id = of_job;
  delete from discovered_change where job_id = of_job;
  delete from discovered_match where job_id = of_job;
  delete from selected_table where job_id = of_job;
  delete from collected_query where job_id = of_job;
  delete from traced_edge where job_id = of_job;
$$;
comment on function discard_staging is 'Everything a job keeps between its steps';

create function end_job(ending uuid, outcome text, said text, counted jsonb, failure jsonb)
  returns table (admitted uuid[]) language plpgsql as $$
declare
  at connection = lock_connection_of(ending);
  me job;
  finished jsonb;
  given uuid[];
  resolved uuid[] = '{}';
begin
  if outcome <> 'completed' then
    select jsonb_object_agg(s.name, s.version) into finished from job_step s
    where s.job_id = ending and s.status = 'completed';
  end if;
  perform from job j where j.id = ending and j.ended_at is null for no key update;
  if not found then return; end if;
  update job_step s set status = outcome, ended_at = now(), next_attempt_at = null
  where s.job_id = ending and s.status = 'running';
  update job j set status = outcome, ended_at = now(), finished_steps = finished,
    percent = case when outcome = 'completed' then 100 else j.percent end,
    counts = coalesce(counted, j.counts), error = failure,
    cancel_requested_at = case when outcome = 'cancelled' then coalesce(j.cancel_requested_at, now())
      else j.cancel_requested_at end,
    cancel_requested_by = case when outcome = 'cancelled' then coalesce(j.cancel_requested_by, 'Temporal')
      else j.cancel_requested_by end,
    message = case when said is not null then said
      when j.terminated_by is not null then 'Terminated by ' || j.terminated_by || coalesce(': ' || j.terminate_reason, '')
      else 'Cancelled by ' || coalesce(j.cancel_requested_by, 'Temporal') || coalesce(': ' || j.cancel_reason, '') end
  where j.id = ending
  returning * into me;
  if finished is null then perform discard_staging(ending); end if;
  if outcome = 'completed' and me.retry_of is not null then
    with fixed as (
      update job j set resolved_by_job_id = ending
      where j.root_job_id = me.root_job_id and j.id <> ending and j.status = 'failed' and j.resolved_by_job_id is null
      returning j.id)
    select coalesce(array_agg(id), '{}') into resolved from fixed;
  end if;
  given := admit_waiting_jobs(at);
  return query select given;
  perform append_job_events(array[ending] || resolved || given);
end $$;
comment on function end_job is
  'Ends a job and gives its slot to the next. No row: it had ended. What finished steps found stays, unless it completed';
