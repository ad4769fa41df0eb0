-- Programs may work on alerts, if their token says so. Tokens made before this one go on as they were: they read.
alter table token add column scopes text[] not null default '{}';
update token set scopes = '{read}' where kind = 'api';
alter table token add constraint token_scopes_check
  check (scopes <@ array['read', 'triage'] and (kind = 'api') = ('read' = any (scopes)));

comment on column token.scopes is 'What an API token may do: read always, triage to acknowledge, assign, comment on and close alerts; empty for others';
