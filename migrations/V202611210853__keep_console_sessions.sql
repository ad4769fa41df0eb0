-- A cookie cannot be taken back. What it names can: a session ends here when somebody signs out, when the password
-- changes, and with its account.
create table console_session (
  id        uuid         not null,
  account   text         not null,
  begun_at  timestamptz  not null,
  constraint console_session_pk         primary key (id),
  constraint console_session_account_fk foreign key (account) references account (name) on delete cascade
);

comment on table  console_session          is 'Who is signed in to the console; a row goes when the session ends';
comment on column console_session.id       is 'What the session cookie says, encrypted with a key that is not in the database';
comment on column console_session.begun_at is 'Our clock; a session ends some hours later at the latest';

-- Ends the sessions of one account.
create index console_session_account_idx on console_session (account);
