-- Whoever reads the words of a prompt or an answer says why, and that is kept beside sign-ins and changes.
alter table access_log
  add column person    text,
  add column event_id  uuid,
  add column attribute text,
  add column reason    text;

-- What can happen is named in one place, the program; here only that it is a name.
alter table access_log drop constraint access_log_what_check;
alter table access_log
  add constraint access_log_what_check   check (what ~ '^[a-z][a-z_]{0,62}$'),
  add constraint access_log_reveal_check check (what <> 'words_revealed'
                                                or person is not null and event_id is not null and attribute is not null
                                                and length(trim(reason)) > 0);

comment on table  access_log           is 'Sign-ins, failures, changes of tokens and accounts, and who read whose words';
comment on column access_log.person    is 'Whose record it was about; null when about none';
comment on column access_log.event_id  is 'Record it was about; no foreign key, so that the line outlives the record';
comment on column access_log.attribute is 'Which words of that record; never the words';
comment on column access_log.reason    is 'Why, in the words of the one who did it; null when nothing asks why';

-- Who read the words of one person. By the beginning of the name: the whole may be too long for an index.
create index access_log_person_idx on access_log (left(person, 200), at desc, id desc) where person is not null;
-- What one account did.
create index access_log_who_idx on access_log (left(who, 200), at desc, id desc);

-- Lines are written once: not even the program can change or remove one.
create function access_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'access_log is append-only: % refused', lower(tg_op) using errcode = 'insufficient_privilege';
end
$$;

create trigger access_log_append_only before update or delete or truncate on access_log
  for each statement execute function access_log_is_append_only();

comment on function access_log_is_append_only() is 'Refuses whatever would change a line that was written';
