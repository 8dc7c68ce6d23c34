-- Up Migration

-- A relation that is there and was not read: it can be neither gone nor new, and the rest of its schema is complete all the same.

alter table discovered_relation add column unread text check (unread in ('locked', 'outside'));
comment on column discovered_relation.unread is
  'Why nothing but its name was read: somebody holds a lock on it, or it left what the job looks at; null: it was read';
comment on column snapshot.scopes is
  'The schemas that were read: [{name, complete, unread}]; unread: names of relations that were locked, left out where there are none';
