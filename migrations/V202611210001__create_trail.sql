-- The trail: every record that a sender was told is safe, once, in one order.
--
-- What repeats on each record of a session (resource, identity, client) is most of its bytes, so it is kept once, in
-- `origin`, and rows refer to it by number: half the bytes and half again as many rows a second as without. No foreign
-- key points out of `event`: each row would pay for the check, and only the loader writes, under one lock.

create table person (
  person_key     integer     generated always as identity,
  hash           uuid        not null,
  name           text        not null,
  first_seen     timestamptz not null,
  last_seen      timestamptz not null,
  last_day       date        not null,
  sessions       bigint      not null default 0,
  events         bigint      not null default 0,
  mode           text,
  client_version text,
  constraint person_person_key_pk  primary key (person_key),
  constraint person_hash_unique    unique (hash),
  constraint person_sessions_check check (sessions >= 0),
  constraint person_events_check   check (events >= 0)
) with (fillfactor = 70);

comment on table  person                is 'Whose agents send: as the clients claim, not as anyone proved';
comment on column person.hash           is 'First 128 bits of SHA-256 of the name, which may be too long for an index';
comment on column person.name           is 'E-mail where the client is signed in, else enduser.id, else the install id, else unknown';
comment on column person.first_seen     is 'Earliest record, client clock; our clock where the client''s is out of range';
comment on column person.last_seen      is 'Latest record, clock as in first_seen';
comment on column person.last_day       is 'UTC day of last_seen. Indexed in its place, so that most updates touch no index';
comment on column person.sessions       is 'Sessions ever seen';
comment on column person.events         is 'Log records ever stored';
comment on column person.mode           is 'Effective permission mode of the session that told one last; null before';
comment on column person.client_version is 'service.version sent last; null before';

-- Serves the list of people, last seen first.
create index person_last_day_idx on person (last_day);

create table session (
  session_key    integer     generated always as identity,
  person_key     integer     not null,
  hash           uuid        not null,
  id             text        not null,
  first_seen     timestamptz not null,
  last_seen      timestamptz not null,
  last_day       date        not null,
  events         bigint      not null default 0,
  mode           text,
  mode_from      text,
  mode_prompt    text,
  client_version text,
  organization   text,
  terminal       text,
  constraint session_session_key_pk         primary key (session_key),
  constraint session_person_key_hash_unique unique (person_key, hash),
  constraint session_person_key_fk          foreign key (person_key) references person,
  constraint session_events_check           check (events >= 0)
) with (fillfactor = 70);

comment on table  session                is 'One session of one person; two people who send the same session id have two';
comment on column session.hash           is 'First 128 bits of SHA-256 of the id, which may be too long for an index';
comment on column session.id             is 'session.id as sent';
comment on column session.first_seen     is 'Earliest record, client clock; our clock where the client''s is out of range';
comment on column session.last_seen      is 'Latest record, clock as in first_seen';
comment on column session.last_day       is 'UTC day of last_seen. Indexed in its place, so that most updates touch no index';
comment on column session.events         is 'Log records stored';
comment on column session.mode           is 'Effective permission mode; null while no record told one';
comment on column session.mode_from      is 'Mode that the last announced change left, while decisions may still state it';
comment on column session.mode_prompt    is 'Prompt in which that change was announced';
comment on column session.client_version is 'service.version sent last';
comment on column session.organization   is 'organization.id sent last';
comment on column session.terminal       is 'terminal.type sent last';

-- Serves the list of all sessions, last seen first.
create index session_last_day_idx on session (last_day);
-- The sessions of one person, and looking one up, are served by session_person_key_hash_unique.
-- Serves looking for a session of an unnamed person.
create index session_hash_idx on session (hash);

create table origin (
  origin_key    integer not null generated always as identity,
  hash          uuid    not null,
  principal     text    not null,
  person_key    integer not null,
  session_key   integer,
  scope_name    text    not null,
  scope_version text    not null,
  resource      jsonb   not null,
  common        jsonb   not null,
  constraint origin_origin_key_pk  primary key (origin_key),
  constraint origin_hash_unique    unique (hash),
  constraint origin_person_key_fk  foreign key (person_key) references person,
  constraint origin_session_key_fk foreign key (session_key) references session
);

comment on table  origin             is 'Who and where records come from: what one session repeats on each, kept once and never changed';
comment on column origin.hash        is 'First 128 bits of SHA-256 over everything in the row';
comment on column origin.principal   is 'Name of the ingest token that the door checked; the rest is what the client claims';
comment on column origin.session_key is 'Null when the client sent no session.id';
comment on column origin.scope_name  is 'OTLP instrumentation scope';
comment on column origin.resource    is 'OTLP resource attributes';
comment on column origin.common      is 'Attributes that the client repeats on each record; not repeated in event.attributes';

create table kind (
  kind_key integer not null generated always as identity,
  signal   text    not null,
  name     text    not null,
  stated   boolean not null,
  stamped  boolean not null,
  constraint kind_kind_key_pk    primary key (kind_key),
  constraint kind_name_unique    unique (name, signal, stated, stamped),
  constraint kind_signal_check   check (signal in ('log', 'metric', 'span')),
  constraint kind_name_check     check (length(name) <= 256)
);

comment on table  kind        is 'What records can be: few, so that a row holds a number';
comment on column kind.name   is 'tool_decision and so on; the name of a span or metric';
comment on column kind.stated is 'Whether the record carried its name as the attribute event.name, which is then left out of event.attributes';
comment on column kind.stamped is 'Whether the record carried event_time as the attribute event.timestamp, in ISO 8601 with milliseconds, which is then left out too';

create table event (
  position    bigint      not null,
  day         date,
  kind_key    integer     not null,
  event_time  timestamptz not null,
  received_at timestamptz not null,
  sequence    bigint,
  id          uuid        not null,
  person_key  integer     not null,
  session_key integer,
  origin_key  integer     not null,
  event_nanos smallint,
  mode        text,
  prompt      text,
  tool        text,
  decision    text,
  decided_by  text,
  attributes  jsonb,
  derived     jsonb,
  envelope    jsonb
) partition by list (day);

comment on table  event             is 'The trail, one row per record, one partition per day; written by the loader alone and never updated';
comment on column event.position    is 'Place in the one order of the trail: from 1, without gaps';
comment on column event.day         is 'UTC day of event_time; null when that is more than 35 days before or 1 day after received_at';
comment on column event.event_time  is 'Client clock, as sent, to the microsecond';
comment on column event.received_at is 'Our clock, when the request that carried the record had been read';
comment on column event.sequence    is 'event.sequence: counts from 0 per client process, so it starts again when a session is resumed';
comment on column event.id          is 'Named by content: 48 bits of event_time in milliseconds, then SHA-256; sorts by time';
comment on column event.person_key  is 'As in origin; repeated because trails are read by person';
comment on column event.session_key is 'As in origin; null when the client sent no session.id';
comment on column event.event_nanos is 'Nanoseconds that event_time cannot hold, 1 to 999; null for none';
comment on column event.mode        is 'Effective permission mode of the session once this record was taken into account; null while unknown';
comment on column event.prompt      is 'prompt.id';
comment on column event.tool        is 'tool_name';
comment on column event.decision    is 'decision, else decision_type';
comment on column event.decided_by  is 'source beside a decision, else decision_source';
comment on column event.attributes  is 'What was sent on this record, less what origin, kind and the columns here hold; null for nothing';
comment on column event.derived     is 'What we worked out from it; null for nothing';
comment on column event.envelope    is 'What OTLP carries beside attributes; null for nothing';

-- Serves trails of a person and of a session (which belongs to one person), newest first.
create index event_person_key_event_time_idx on event (person_key, event_time);
-- Serves followers and neighbours: positions are contiguous and rows lie in their order, so a range of them is a few pages.
create index event_position_idx on event using brin (position) with (pages_per_range = 32, autosummarize = on);
-- Each partition has a unique constraint on id, which cannot be declared here because it must not hold the day. It
-- guards against a record kept twice, and serves looking up by id and the trail of everyone in order of time.

create table event_out_of_range partition of event for values in (null);
alter table event_out_of_range add constraint event_out_of_range_id_unique unique (id);
comment on table event_out_of_range is 'Records whose client clock cannot be believed; what event says holds';

create table event_day (
  day            date   not null,
  first_position bigint not null,
  last_position  bigint not null,
  events         bigint not null,
  constraint event_day_day_pk          primary key (day),
  constraint event_day_positions_check check (first_position <= last_position),
  constraint event_day_events_check    check (events >= 0)
) with (fillfactor = 50);

comment on table  event_day                is 'What each partition of event holds, so that readers skip those that cannot have an answer';
comment on column event_day.first_position is 'Lowest position in it';
comment on column event_day.last_position  is 'Highest position in it';
comment on column event_day.events         is 'Rows in it';

create table trail_head (
  sole     boolean not null default true,
  position bigint  not null,
  constraint trail_head_sole_pk        primary key (sole),
  constraint trail_head_sole_check     check (sole),
  constraint trail_head_position_check check (position >= 0)
) with (fillfactor = 50);

comment on table  trail_head          is 'One row: how far the trail goes';
comment on column trail_head.position is 'Last position given out, 0 for none. Changed under the loaders'' advisory lock';

insert into trail_head (position) values (0);

create table spool_position (
  spool       uuid        not null,
  segment     bigint      not null,
  byte_offset bigint      not null,
  loaded_at   timestamptz not null,
  constraint spool_position_spool_pk       primary key (spool),
  constraint spool_position_position_check check (segment >= 0 and byte_offset >= 0)
) with (fillfactor = 50);

comment on table  spool_position             is 'How far each spool is loaded; changed in the transaction that stored the rows, so that nothing is loaded twice or missed';
comment on column spool_position.spool       is 'Which spool; it carries its id in its folder';
comment on column spool_position.segment     is 'Number of the segment file, from 1; 0 before everything';
comment on column spool_position.byte_offset is 'First byte of the segment that is not loaded';
comment on column spool_position.loaded_at   is 'Our clock, when it last moved';

create table book (
  spool   uuid   not null,
  entry   text   not null,
  part    text   not null,
  records bigint not null,
  constraint book_spool_entry_part_pk primary key (spool, entry, part),
  constraint book_entry_check         check (entry in ('stored', 'duplicate', 'rejected')),
  constraint book_records_check       check (records >= 0)
) with (fillfactor = 50);

comment on table  book         is 'The books: what became of every record that came in, per spool';
comment on column book.part    is 'The signal of what was stored, the reason of what was rejected, all for duplicates';
comment on column book.records is 'Since the trail began';

create table unreadable (
  unreadable_key bigint      not null generated always as identity,
  noted_at       timestamptz not null,
  received_at    timestamptz,
  principal      text,
  reason         text        not null,
  detail         text        not null,
  content_type   text,
  size           bigint,
  sha256         text,
  beginning      text        not null default '',
  content        bytea,
  spool          uuid        not null,
  segment        bigint      not null,
  byte_offset    bigint      not null,
  constraint unreadable_unreadable_key_pk primary key (unreadable_key)
);

comment on table  unreadable             is 'What could not be read or kept as a record, for a person to look at';
comment on column unreadable.noted_at    is 'Our clock, when it was written here';
comment on column unreadable.received_at is 'Our clock, when the request had been read; null when that is lost';
comment on column unreadable.principal   is 'Name of the ingest token it came with; null when that is lost';
comment on column unreadable.reason      is 'Short and stable: malformed_protobuf, unloadable, damaged_spool, ...';
comment on column unreadable.detail      is 'What is wrong and where, in words; holds no content';
comment on column unreadable.size        is 'Bytes of the inflated body, of the record, or of the damaged stretch';
comment on column unreadable.sha256      is 'Hexadecimal digest of the inflated body or of the record';
comment on column unreadable.beginning   is 'First bytes as redacted text where policy allows, else empty';
comment on column unreadable.content     is 'The redacted record as JSON, cut at 1 MiB, when it could be read but not stored';
comment on column unreadable.byte_offset is 'Where in the segment its frame ends';

-- Serves the list of what went wrong lately.
create index unreadable_noted_at_idx on unreadable (noted_at);
