-- What pages would otherwise have to add up from the trail: who was active how, which MCP servers and hosts agents deal
-- with. All of it follows from the trail, and can be made anew: empty the tables and put the cursor back to 0.
--
-- No foreign keys: everything here is written by the one who follows the trail, in one transaction with its cursor.

create table inventory_cursor (
  name     text        not null,
  position bigint      not null,
  moved_at timestamptz not null,
  constraint inventory_cursor_pk             primary key (name),
  constraint inventory_cursor_position_check check (position >= 0)
) with (fillfactor = 50);

comment on table  inventory_cursor          is 'How far the trail is counted';
comment on column inventory_cursor.name     is 'Who follows; there is one, named live';
comment on column inventory_cursor.position is 'Records up to here are counted, each once; moved in the transaction that counted them';
comment on column inventory_cursor.moved_at is 'When, our clock';

create table activity (
  person_key      integer     not null,
  hour            timestamptz not null,
  mode            text        not null,
  people          bigint      not null,
  records         bigint      not null,
  prompts         bigint      not null,
  asked_accepted  bigint      not null,
  asked_refused   bigint      not null,
  config_accepted bigint      not null,
  config_refused  bigint      not null,
  hook_accepted   bigint      not null,
  hook_refused    bigint      not null,
  done            bigint      not null,
  failed          bigint      not null,
  waits           bigint      not null,
  wait_millis     bigint      not null,
  requests        bigint      not null,
  cost_micros     bigint      not null,
  tokens_in       bigint      not null,
  tokens_out      bigint      not null,
  tokens_cached   bigint      not null,
  constraint activity_pk         primary key (person_key, hour, mode),
  constraint activity_mode_check check (mode in ('', 'plan', 'default', 'acceptEdits', 'auto', 'dontAsk', 'bypassPermissions', 'other'))
) with (fillfactor = 70);

comment on table  activity                 is 'What people''s agents did, added up per hour and permission mode';
comment on column activity.person_key      is 'As in person; 0 for everyone together';
comment on column activity.hour            is 'Begin of the UTC hour, client clock; our clock where the client''s is out of range';
comment on column activity.mode            is 'Effective permission mode; empty while unknown, other for what this version does not know';
comment on column activity.people          is 'How many people it adds up';
comment on column activity.records         is 'Records of every signal';
comment on column activity.asked_accepted  is 'Tool decisions: a person was asked and accepted';
comment on column activity.config_accepted is 'Tool decisions: nobody was asked, neither a person nor a hook';
comment on column activity.done            is 'Tool calls that worked';
comment on column activity.waits           is 'Questions whose time to the answer was measured by a span';
comment on column activity.requests        is 'Model requests that were answered';
comment on column activity.cost_micros     is 'Estimated by the client, millionths of a US dollar, at most 1000 dollars a request';
comment on column activity.tokens_in       is 'Tokens sent, those for the cache included, those read from it not';
comment on column activity.tokens_cached   is 'Tokens read from the cache';

-- Serves how many people were active in a stretch of time.
create index activity_hour_idx on activity using brin (hour) with (pages_per_range = 32, autosummarize = on);

create table activity_wait (
  person_key integer  not null,
  day        date     not null,
  bucket     smallint not null,
  waits      bigint   not null,
  constraint activity_wait_pk primary key (person_key, day, bucket)
) with (fillfactor = 70);

comment on table  activity_wait            is 'How long people took to answer, so that a median can be told of any sum';
comment on column activity_wait.person_key is 'As in person; 0 for everyone together';
comment on column activity_wait.day        is 'UTC day, clock as in activity.hour';
comment on column activity_wait.bucket     is 'Of milliseconds m: floor(4 * log2(m)); 0 for 1 and below';

create table person_state (
  person_key      integer     not null,
  last_day        date        not null,
  seen_at         timestamptz not null,
  mode            text,
  client_version  text,
  managed         boolean,
  managed_sources text,
  managed_at      timestamptz,
  details         boolean,
  details_at      timestamptz,
  constraint person_state_pk primary key (person_key)
) with (fillfactor = 70);

comment on table  person_state                 is 'What each person''s client said last about itself';
comment on column person_state.last_day        is 'UTC day of seen_at. Indexed in its place, so that most updates touch no index';
comment on column person_state.seen_at         is 'Latest record, clock as in activity.hour';
comment on column person_state.mode            is 'As in activity.mode; null before any record told one';
comment on column person_state.client_version  is 'Of Claude Code, at most 64 characters; null when it is not sent';
comment on column person_state.managed         is 'Whether managed settings were in force when the client last said so; null when it never did';
comment on column person_state.managed_sources is 'Where they came from, as sent, at most 200 characters';
comment on column person_state.details         is 'Whether its last call of Bash or an MCP tool came with arguments; null before any';

-- Serves counts over the people seen lately.
create index person_state_last_day_idx on person_state (last_day);

create table counterpart (
  counterpart_key    integer     not null generated always as identity,
  kind               text        not null,
  hash               uuid        not null,
  folded_hash        uuid        not null,
  name               text,
  first_seen         timestamptz not null,
  first_person_key   integer     not null,
  first_event        uuid        not null,
  last_seen          timestamptz not null,
  people             bigint      not null default 0,
  sessions           bigint      not null default 0,
  connections        bigint      not null default 0,
  failed_connections bigint      not null default 0,
  calls              bigint      not null default 0,
  refused            bigint      not null default 0,
  failures           bigint      not null default 0,
  scopes             text[]      not null default '{}',
  transports         text[]      not null default '{}',
  constraint counterpart_counterpart_key_pk primary key (counterpart_key),
  constraint counterpart_kind_hash_unique   unique (kind, hash),
  constraint counterpart_kind_check         check (kind in ('mcp_server', 'destination')),
  constraint counterpart_name_check         check (length(name) <= 256)
) with (fillfactor = 70);

comment on table  counterpart                    is 'What agents deal with: MCP servers and hosts';
comment on column counterpart.hash               is 'First 128 bits of SHA-256 of the whole name; zero for further names';
comment on column counterpart.folded_hash        is 'The same of the name in lower case, as approvals have it';
comment on column counterpart.name               is 'As sent, at most 256 characters; empty when clients keep it back; null for all names beyond those that are kept apart';
comment on column counterpart.first_seen         is 'Earliest record, clock as in activity.hour';
comment on column counterpart.first_event        is 'That record';
comment on column counterpart.connections        is 'Of an MCP server: times it connected';
comment on column counterpart.calls              is 'Tool calls that ran, failed ones included';
comment on column counterpart.refused            is 'Tool calls that somebody or something refused';
comment on column counterpart.failures           is 'Calls that ran and failed';
comment on column counterpart.scopes             is 'Of an MCP server: where configurations of this name come from, at most 8';
comment on column counterpart.transports         is 'Of an MCP server: how it is spoken to, at most 8';

-- Serves what is new.
create index counterpart_kind_first_seen_idx on counterpart (kind, first_seen);

create table counterpart_person (
  counterpart_key    integer     not null,
  person_key         integer     not null,
  first_seen         timestamptz not null,
  first_event        uuid        not null,
  last_seen          timestamptz not null,
  sessions           bigint      not null default 0,
  connections        bigint      not null default 0,
  failed_connections bigint      not null default 0,
  calls              bigint      not null default 0,
  refused            bigint      not null default 0,
  failures           bigint      not null default 0,
  constraint counterpart_person_pk primary key (counterpart_key, person_key)
) with (fillfactor = 70);

comment on table counterpart_person is 'Who deals with which; columns as in counterpart';

-- Serves what one person deals with.
create index counterpart_person_person_key_idx on counterpart_person (person_key);

create table counterpart_session (
  counterpart_key integer not null,
  person_key      integer not null,
  session_hash    uuid    not null,
  constraint counterpart_session_pk primary key (counterpart_key, person_key, session_hash)
);

comment on table  counterpart_session              is 'Which sessions are counted with which, so that each is counted once';
comment on column counterpart_session.session_hash is 'As session.hash';

create table counterpart_use (
  counterpart_key integer     not null,
  hash            uuid        not null,
  name            text,
  last_seen       timestamptz not null,
  calls           bigint      not null,
  refused         bigint      not null,
  failures        bigint      not null,
  constraint counterpart_use_pk         primary key (counterpart_key, hash),
  constraint counterpart_use_name_check check (length(name) <= 256)
) with (fillfactor = 70);

comment on table  counterpart_use      is 'How they are dealt with: tools of an MCP server, programs that speak to a host';
comment on column counterpart_use.name is 'At most 256 characters; null for all beyond the first 200 of one counterpart';

create table approval (
  approval_key      bigint      not null generated always as identity,
  kind              text        not null,
  hash              uuid        not null,
  name              text        not null,
  approved_by       text        not null,
  approved_at       timestamptz not null,
  reason            text        not null,
  withdrawn_by      text,
  withdrawn_at      timestamptz,
  withdrawal_reason text,
  constraint approval_approval_key_pk  primary key (approval_key),
  constraint approval_kind_check       check (kind in ('mcp_server', 'destination')),
  constraint approval_name_check       check (length(name) between 1 and 256),
  constraint approval_reason_check     check (length(trim(reason)) > 0),
  constraint approval_withdrawal_check check ((withdrawn_by is null) = (withdrawn_at is null)
                                              and (withdrawn_by is null) = (withdrawal_reason is null)
                                              and length(trim(withdrawal_reason)) > 0)
);

comment on table  approval      is 'What people said is wanted, and took back again: a row for each time; never removed';
comment on column approval.hash is 'First 128 bits of SHA-256 of the name in lower case, because rules compare without regard to case';

-- One approval at a time; serves whether something is approved, and the lists that rules use.
create unique index approval_in_force_idx on approval (kind, hash) where withdrawn_at is null;
-- Serves the history of one name.
create index approval_kind_hash_idx on approval (kind, hash);
