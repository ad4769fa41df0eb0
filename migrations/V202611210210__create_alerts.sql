-- What rules found, for people to work through. Alerts are few beside events, so nothing here is partitioned.
create table alert (
  id                   uuid        not null,
  rule                 text        not null,
  rule_version         text        not null,
  title                text        not null,
  severity             text        not null,
  attempt              boolean     not null,
  status               text        not null default 'open',
  person               text        not null,
  session              text,
  raised_at            timestamptz not null,
  at                   timestamptz not null,
  last_seen            timestamptz not null,
  occurrences          bigint      not null default 0,
  handled_by           text,
  handled_at           timestamptz,
  close_reason         text,
  close_justification  text,
  constraint alert_pk                    primary key (id),
  constraint alert_severity_check        check (severity in ('informational', 'low', 'medium', 'high', 'critical')),
  constraint alert_status_check          check (status in ('open', 'acknowledged', 'closed')),
  constraint alert_occurrences_check     check (occurrences >= 0),
  constraint alert_handled_check         check ((status = 'open') = (handled_by is null) and (handled_by is null) = (handled_at is null)),
  constraint alert_closed_check          check ((status = 'closed') = (close_reason is not null)
                                                and (close_reason is null) = (close_justification is null)),
  constraint alert_close_reason_check    check (close_reason in ('incident', 'authorised', 'false_alarm', 'duplicate')),
  constraint alert_justification_check   check (length(trim(close_justification)) > 0)
);

comment on table  alert                     is 'What rules found, one row per rule, group and first record';
comment on column alert.id                  is 'Name-based UUID over rule, group and first record: found again, it is the same';
comment on column alert.rule_version        is 'Hash of what decided about the first finding';
comment on column alert.severity            is 'Already one step lower when attempt';
comment on column alert.attempt             is 'It was refused: the agent tried, and somebody or something said no';
comment on column alert.session             is 'Session of the first finding; null when unknown';
comment on column alert.raised_at           is 'When it was written, our clock';
comment on column alert.at                  is 'Client time of the record that completed the first finding';
comment on column alert.last_seen           is 'Latest client time among its findings';
comment on column alert.occurrences         is 'How many different sets of evidence were found';
comment on column alert.handled_by          is 'Who last acknowledged or closed it; null while open';
comment on column alert.handled_at          is 'When, our clock';
comment on column alert.close_justification is 'Why the one who closed it thinks so, in their words';

-- The queue, newest first; its order is also the cursor of the API.
create index alert_newest_idx on alert (raised_at desc, at desc, id desc);
-- A person's alerts beside their trail. By the beginning of the name: the whole may be too long for an index.
create index alert_person_idx on alert (left(person, 200), raised_at desc, at desc, id desc);
-- What is still to do, which stays short while closed alerts pile up.
create index alert_unfinished_idx on alert (status, raised_at desc, at desc, id desc) where status <> 'closed';

-- Which sets of evidence were counted, so that a finding delivered again after a crash counts nothing.
create table alert_occurrence (
  alert_id  uuid         not null,
  digest    bytea        not null,
  at        timestamptz  not null,
  constraint alert_occurrence_pk           primary key (alert_id, digest),
  constraint alert_occurrence_alert_fk     foreign key (alert_id) references alert (id) on delete cascade,
  constraint alert_occurrence_digest_check check (length(digest) = 32)
);

comment on table  alert_occurrence        is 'The sets of evidence that were counted for an alert';
comment on column alert_occurrence.digest is 'SHA-256 over the sorted ids of the records in the set';
comment on column alert_occurrence.at     is 'Client time of the record that completed the finding';

-- The records that show an alert. Bounded, because a noisy rule must not fill the disk: the count goes on without them.
create table alert_evidence (
  alert_id  uuid         not null,
  place     integer      not null,
  event_id  uuid         not null,
  time      timestamptz  not null,
  says      text         not null,
  constraint alert_evidence_pk          primary key (alert_id, event_id),
  constraint alert_evidence_alert_fk    foreign key (alert_id) references alert (id) on delete cascade,
  constraint alert_evidence_place_check check (place between 1 and 200)
);

comment on table  alert_evidence          is 'Records of the trail that show an alert, each once';
comment on column alert_evidence.place    is 'Order in which it was found, from 1';
comment on column alert_evidence.event_id is 'Id of the record in the trail; no foreign key, so that expiry there need not know alerts';
comment on column alert_evidence.time     is 'Client time of the record, clamped to years 1970 to 9999';
comment on column alert_evidence.says     is 'What this record contributes';

-- What people did to an alert: written once, never changed.
create table alert_history (
  id        bigint       not null generated always as identity,
  alert_id  uuid         not null,
  at        timestamptz  not null,
  by        text         not null,
  action    text         not null,
  reason    text,
  note      text         not null default '',
  constraint alert_history_pk           primary key (id),
  constraint alert_history_alert_fk     foreign key (alert_id) references alert (id) on delete cascade,
  constraint alert_history_action_check check (action in ('acknowledged', 'closed')),
  constraint alert_history_reason_check check ((action = 'closed') = (reason is not null))
);

comment on table  alert_history        is 'What people did to an alert, oldest first by id';
comment on column alert_history.at     is 'Our clock';
comment on column alert_history.by     is 'User name of who did it';
comment on column alert_history.reason is 'Why it was closed, in the words of alert.close_reason';
comment on column alert_history.note   is 'What they wrote: the justification when closing';

-- The story of one alert.
create index alert_history_alert_idx on alert_history (alert_id, id);
