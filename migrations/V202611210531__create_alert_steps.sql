-- What a person did of a rule's runbook for one alert: who ticked which step when, kept for good, as is who took a tick back.
create table alert_step (
  id        bigint       not null generated always as identity,
  alert_id  uuid         not null,
  at        timestamptz  not null,
  by        text         not null,
  step      text         not null,
  done      boolean      not null,
  constraint alert_step_pk        primary key (id),
  constraint alert_step_alert_fk  foreign key (alert_id) references alert (id) on delete cascade,
  constraint alert_step_check     check (length(trim(step)) between 1 and 2000)
);

comment on table  alert_step      is 'Steps of the runbook that were ticked for an alert, oldest first by id; the last row of a step counts';
comment on column alert_step.at   is 'Our clock';
comment on column alert_step.by   is 'User name of who ticked it';
comment on column alert_step.step is 'The step as the rule said it then: runbooks change, what was done does not';
comment on column alert_step.done is 'False when a tick was taken back';

-- The ticks of one alert, on its page.
create index alert_step_alert_idx on alert_step (alert_id, id);
