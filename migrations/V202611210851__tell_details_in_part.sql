-- Somebody with two machines may send the arguments of tool calls from one of them only: neither "sends details" nor
-- "keeps them back" is true of them, and rules see half of what they do.

alter table person_state
  add column with_details_at    timestamptz,
  add column without_details_at timestamptz;

update person_state
   set with_details_at = details_at where details;

update person_state
   set without_details_at = details_at where not details;

alter table person_state
  drop column details,
  drop column details_at,
  add column details_sent text generated always as (
    case when without_details_at is null or with_details_at - without_details_at > interval '7 days' then
           case when with_details_at is not null then 'full' end
         when with_details_at is null or without_details_at - with_details_at > interval '7 days' then 'none'
         else 'part' end) stored;

comment on column person_state.with_details_at    is 'Latest call of Bash or an MCP tool that came with its arguments, clock as in activity.hour';
comment on column person_state.without_details_at is 'Latest such call that came without them';
comment on column person_state.details_sent       is 'full, none, or part where calls came both with and without within a week; null before any call';
