-- How far each destination has got, what it will never take, and who paused it.

-- One row per destination and source. The books balance in every row: each position that was passed is accounted for.
-- A destination that was taken out of the configuration keeps its rows, and goes on where it was when it comes back.
create table forward_cursor (
  destination     text        not null,
  source          text        not null,
  start_position  bigint      not null,
  position        bigint      not null,
  accepted        bigint      not null default 0,
  refused         bigint      not null default 0,
  left_out        bigint      not null default 0,
  gone            bigint      not null default 0,
  begun_at        timestamptz not null,
  moved_at        timestamptz not null,
  accepted_at     timestamptz,
  constraint forward_cursor_pk             primary key (destination, source),
  constraint forward_cursor_source_check   check (source in ('alerts', 'events')),
  constraint forward_cursor_start_check    check (start_position >= 0),
  constraint forward_cursor_counts_check   check (accepted >= 0 and refused >= 0 and left_out >= 0 and gone >= 0),
  constraint forward_cursor_balance_check  check (position = start_position + accepted + refused + left_out + gone)
);

comment on table  forward_cursor                is 'How far each destination has got in each source';
comment on column forward_cursor.source         is 'alerts: positions of alert_feed; events: positions of the trail';
comment on column forward_cursor.start_position is 'Where it began: nothing up to here was ever for this destination';
comment on column forward_cursor.position       is 'Everything up to here is settled; moved only after acceptance';
comment on column forward_cursor.refused        is 'Kept in forward_dead_letter';
comment on column forward_cursor.left_out       is 'Not what the destination is configured to get';
comment on column forward_cursor.gone           is 'Removed from its source before it could be sent';
comment on column forward_cursor.begun_at       is 'Our clock';
comment on column forward_cursor.moved_at       is 'Our clock';
comment on column forward_cursor.accepted_at    is 'When something was last accepted, our clock; null when nothing was';

-- What a destination will not take. The item itself is in its source.
create table forward_dead_letter (
  id           bigint      not null generated always as identity,
  destination  text        not null,
  source       text        not null,
  position     bigint      not null,
  item         uuid        not null,
  name         text        not null,
  person       text        not null,
  reason       text        not null,
  at           timestamptz not null,
  state        text        not null default 'kept',
  retried_by   text,
  retried_at   timestamptz,
  constraint forward_dead_letter_pk            primary key (id),
  constraint forward_dead_letter_item_key      unique (destination, source, position),
  constraint forward_dead_letter_source_check  check (source in ('alerts', 'events')),
  constraint forward_dead_letter_state_check   check (state in ('kept', 'again', 'delivered')),
  constraint forward_dead_letter_retried_check check ((retried_by is null) = (retried_at is null) and (state = 'kept' or retried_by is not null))
);

comment on table  forward_dead_letter            is 'Items that a destination refused for what is in them, once each';
comment on column forward_dead_letter.item       is 'Id of the item, as it is sent';
comment on column forward_dead_letter.name       is 'What it is, such as tool_decision or alert.raised';
comment on column forward_dead_letter.person     is 'Whose agent, for whoever looks; by the beginning of the name';
comment on column forward_dead_letter.reason     is 'Why, in our words; holds no secret and nothing that the destination said';
comment on column forward_dead_letter.at         is 'When it was refused last, our clock';
comment on column forward_dead_letter.state      is 'kept; again: somebody asked to try once more; delivered: that worked';
comment on column forward_dead_letter.retried_by is 'User name of who asked last to try once more';

-- The list of what is still refused, newest first; and what the loop is to try again.
create index forward_dead_letter_state_idx on forward_dead_letter (state, at desc, id desc) where state <> 'delivered';

-- Destinations that somebody paused. One without a row is not paused.
create table forward_pause (
  destination  text        not null,
  by           text        not null,
  at           timestamptz not null,
  constraint forward_pause_pk primary key (destination)
);

comment on table  forward_pause    is 'Destinations that get nothing until somebody resumes them';
comment on column forward_pause.by is 'User name of who paused it';
comment on column forward_pause.at is 'Our clock';
