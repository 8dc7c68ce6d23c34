-- Up Migration

-- What a tag follows from, by structure: a person who rejects the one means the other too.

alter table column_tag add column derived_from text;
comment on column column_tag.derived_from is
  'The tag of personal data of the same column that its sensitivity follows from; null: it stands for itself';

-- Before this, the reason said so in words.
update column_tag t set derived_from = k.tag from column_tag k
where t.category = 'sensitivity' and t.source = 'auto' and t.evidence ->> 0 like 'It holds %'
  and k.asset_id = t.asset_id and k.column_name = t.column_name and k.category = 'pii' and k.source = 'auto';
