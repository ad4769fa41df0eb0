-- Everything that happens to alerts in one order, so that it can be followed by a cursor: forwarders do.

-- One row. Whoever appends takes the next positions from it and holds its lock until the commit, which makes positions
-- the order of commits: what becomes visible later always has a larger position.
create table alert_feed_head (
  one       boolean not null default true,
  position  bigint  not null default 0,
  constraint alert_feed_head_pk             primary key (one),
  constraint alert_feed_head_one_check      check (one),
  constraint alert_feed_head_position_check check (position >= 0)
);

comment on table alert_feed_head is 'The last position of alert_feed that was given out, in one row';

create table alert_feed (
  position  bigint       not null,
  alert_id  uuid         not null,
  change    text         not null,
  at        timestamptz  not null,
  by        text,
  status    text         not null,
  assignee  text,
  reason    text,
  note      text         not null default '',
  constraint alert_feed_pk             primary key (position),
  constraint alert_feed_alert_fk       foreign key (alert_id) references alert (id) on delete cascade,
  constraint alert_feed_position_check check (position > 0),
  constraint alert_feed_change_check   check (change in ('raised', 'acknowledged', 'assigned', 'unassigned', 'commented', 'closed', 'reopened')),
  constraint alert_feed_status_check   check (status in ('open', 'acknowledged', 'closed'))
);

comment on table  alert_feed          is 'What happened to alerts, in the order of commits; written once, never changed';
comment on column alert_feed.position is 'From 1, without gaps';
comment on column alert_feed.at       is 'Our clock';
comment on column alert_feed.by       is 'User name of who did it; null for rules';
comment on column alert_feed.status   is 'Where the alert went with it';
comment on column alert_feed.assignee is 'User name of who had it afterwards; null for nobody';
comment on column alert_feed.reason   is 'Why it was closed, in the words of alert.close_reason';
comment on column alert_feed.note     is 'What they wrote';

-- Removing an alert removes its changes.
create index alert_feed_alert_idx on alert_feed (alert_id);

-- What happened before there was a feed, in the order of our clock.
with happened as (
  select raised_at as at, 0 as step, id as alert_id, 'raised' as change, null as by, 'open' as status, null as reason, '' as note
  from alert
  union all
  select at, id, alert_id, action, by, action, reason, note from alert_history where action in ('acknowledged', 'closed')
)
insert into alert_feed (position, alert_id, change, at, by, status, reason, note)
select row_number() over (order by at, step, alert_id), alert_id, change, at, by, status, reason, note from happened;

insert into alert_feed_head (position) select count(*) from alert_feed;
