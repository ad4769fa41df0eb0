-- Who may send and who may read. Secrets are kept as hashes only: what is shown once cannot be read back here.
create table token (
  id             text         not null,
  name           text         not null,
  kind           text         not null,
  signals        text[]       not null,
  secret_sha256  bytea        not null,
  created_at     timestamptz  not null,
  created_by     text         not null,
  expires_at     timestamptz,
  revoked_at     timestamptz,
  revoked_by     text,
  last_used_at   timestamptz,
  constraint token_pk            primary key (id),
  constraint token_id_check      check (id ~ '^[0-9A-Za-z]{12}$'),
  constraint token_name_check    check (length(name) between 1 and 100),
  constraint token_kind_check    check (kind in ('ingest', 'api')),
  constraint token_signals_check check (signals <@ array['log', 'metric', 'span'] and (kind = 'ingest') = (cardinality(signals) > 0)),
  constraint token_secret_check  check (length(secret_sha256) = 32),
  constraint token_revoked_check check ((revoked_at is null) = (revoked_by is null))
);

comment on table  token               is 'Bearer tokens of senders and of programs that read, revoked ones included';
comment on column token.id            is 'Public part of the token''s text';
comment on column token.name          is 'For people; stamped as principal on what an ingest token sends. Two live tokens of one name are a rotation';
comment on column token.signals       is 'What an ingest token may send; empty for others';
comment on column token.secret_sha256 is 'SHA-256 of the secret part, which has 256 random bits and so needs no slow hash';
comment on column token.expires_at    is 'Not accepted from then on, our clock; null for never';
comment on column token.last_used_at  is 'Last accepted, our clock, a minute exact; null for never';

create table account (
  name            text         not null,
  password_hash   text         not null,
  roles           text[]       not null,
  created_at      timestamptz  not null,
  created_by      text         not null,
  last_signed_in  timestamptz,
  constraint account_pk          primary key (name),
  constraint account_name_check  check (name ~ '^[a-z0-9][a-z0-9._@+-]{0,99}$'),
  constraint account_roles_check check (roles <@ array['viewer', 'analyst', 'engineer', 'admin', 'auditor'])
);

comment on table  account                is 'People who sign in with a password of ours';
comment on column account.name           is 'What they type, in lower case';
comment on column account.password_hash  is 'bcrypt, in modular crypt format';
comment on column account.roles          is 'What they may do; no role includes another';
comment on column account.last_signed_in is 'Our clock; null when they never did';

-- Who came, was turned away, or changed who may come: written once, never changed, for the audit page.
create table access_log (
  id       bigint       not null generated always as identity,
  at       timestamptz  not null,
  who      text         not null,
  what     text         not null,
  address  text         not null,
  detail   text         not null default '',
  constraint access_log_pk         primary key (id),
  constraint access_log_what_check check (what in ('signed_in', 'sign_in_failed', 'token_issued',
                                                   'token_revoked', 'account_created', 'password_changed'))
);

comment on table  access_log         is 'Sign-ins, failures, and changes of tokens and accounts';
comment on column access_log.at      is 'Our clock';
comment on column access_log.who     is 'Account name; (unknown) when no such account exists, because people type passwords into the wrong field';
comment on column access_log.address is 'Network address of the client as we saw it; empty for what the program did itself';
comment on column access_log.detail  is 'What it was about, such as a token''s id; holds no secrets';

-- The audit page, newest first.
create index access_log_at_idx on access_log (at desc, id desc);
