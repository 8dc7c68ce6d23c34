-- Up Migration

-- What every request and every attempt asks of the record. Planning these statements took as long as running them: as functions
-- each session plans them once.

create function holder_of_token(of_hash bytea)
  returns table (id uuid, name text, role text, last_used_at timestamptz, organization_id uuid, organization_name text)
  language plpgsql as $$
begin
  return query select t.id, t.name, t.role, t.last_used_at::timestamptz, o.id, o.name
    from token t join organization o on o.id = t.organization_id
    where t.hash = of_hash and (t.expires_at is null or t.expires_at > now());
end $$;
comment on function holder_of_token is 'No row: there is no such token, or it has expired';

create function shown_jobs(of_organization uuid, ids uuid[])
  returns table (shown job, step_done bigint, step_total bigint, step_unit text, place int, connection_paused boolean)
  language plpgsql as $$
begin
  return query select j, s.done, s.total, s.unit, place_in_queue(j), j.status = 'pending' and exists (
      select from connection c where c.id = j.connection_id and c.paused_at is not null)
    from job j left join job_step s on s.job_id = j.id and s.name = j.step
    where j.id = any(ids) and j.organization_id = of_organization;
end $$;
comment on function shown_jobs is
  'Jobs with what a list shows beside their row. Every change of a job is read so, and the indexes of `job` make it slow to plan';

create function mark_started(starting uuid, in_run text)
  returns table (shown job, step_done bigint, step_total bigint, step_unit text, place int, connection_paused boolean)
  language plpgsql as $$
declare
  of_organization uuid;
begin
  update job j set run_id = in_run, unreachable = false, checked_at = now()
  where j.id = starting and j.ended_at is null returning j.organization_id into of_organization;
  return query select * from shown_jobs(of_organization, array[starting]);
end $$;
comment on function mark_started is 'Notes that the start reached Temporal, and gives the job as its starter is answered. No row: it has ended';

create function begin_attempt(of_job uuid, of_step text, nth int, in_run text)
  returns table (id uuid, organization_id uuid, type text, connection_id uuid, asset_id uuid, asset_kind text, schema_id uuid,
    database_id uuid, config jsonb, ended_at timestamptz, failures int)
  language plpgsql as $$
declare
  failed_before int;
begin
  update job_step s set attempts = nth, next_attempt_at = null
  where s.job_id = of_job and s.name = of_step and s.status = 'running' and s.attempts <= nth
    and (s.run_id is null or s.run_id = in_run)
    and exists (select from job j where j.id = of_job and j.ended_at is null)
  returning s.failures into failed_before;
  return query select j.id, j.organization_id, j.type, j.connection_id, j.asset_id, j.asset_kind, j.schema_id, j.database_id,
    j.config, j.ended_at::timestamptz, failed_before from job j where j.id = of_job;
end $$;
comment on function begin_attempt is
  'Takes the lease of a step from every earlier attempt, unless `failures` is null, and gives what its work needs to know';

create function append_job_log(of_job uuid, lines jsonb) returns void language plpgsql as $$
begin
  -- Held while the ids are taken, as every writer of a log does.
  perform from job j where j.id = of_job for no key update;
  if not found then return; end if;
  insert into job_log (job_id, at, level, step, attempt, message, fields)
  select of_job, l.at, l.level, l.step, l.attempt, l.message, l.fields
  from rows from (jsonb_to_recordset(lines)
    as (at timestamptz, level text, step text, attempt int, message text, fields jsonb)) with ordinality
    as l(at, level, step, attempt, message, fields, position)
  order by l.position;
end $$;
comment on function append_job_log is 'Lines of an activity, in their order. Nothing for a job that is not there';
