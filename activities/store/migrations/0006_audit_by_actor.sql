-- Up Migration

-- The audit of one person, in the order of its list.
create index audit_by_actor on audit (organization_id, actor, id desc);
