-- Alerts get an owner, comments, and a way back from a mistaken closing. All of it is in the history, which only grows.
alter table alert add column assigned_to text;
alter table alert add column severity_rank smallint not null
  generated always as (case severity when 'critical' then 4 when 'high' then 3 when 'medium' then 2 when 'low' then 1 else 0 end) stored;

comment on column alert.assigned_to   is 'Name of the account that works on it, open or not; null while nobody does';
comment on column alert.severity_rank is 'Severity as a number, gravest highest, so that the queue can be read in its order';
comment on column alert.handled_by    is 'Who last acknowledged or closed it; null while open, also after it was opened again';

alter table alert_history add column assignee text;
alter table alert_history drop constraint alert_history_action_check;
alter table alert_history add constraint alert_history_action_check
  check (action in ('acknowledged', 'assigned', 'unassigned', 'commented', 'closed', 'reopened'));
alter table alert_history add constraint alert_history_assignee_check check ((action = 'assigned') = (assignee is not null));
alter table alert_history add constraint alert_history_comment_check check (action <> 'commented' or length(trim(note)) > 0);

comment on column alert_history.by       is 'Account name of who did it; ''token <name>'' for a program, which no account can be called';
comment on column alert_history.assignee is 'Whom it was given to';
comment on column alert_history.note     is 'What they wrote: the justification when closing, the reason when opening again';

-- The queue: what is still to do, gravest first, newest first within. Short, however many closed alerts pile up.
create index alert_queue_idx on alert (severity_rank desc, raised_at desc, at desc, id desc) where status <> 'closed';
-- The same by age alone; takes the place of one that could not give the order of two states together.
drop index alert_unfinished_idx;
create index alert_unfinished_idx on alert (raised_at desc, at desc, id desc) where status <> 'closed';
-- What was closed since a day: the view of this week.
create index alert_closed_idx on alert (handled_at desc) where status = 'closed';
-- The alerts of one rule: its page, and how its last ones ended, which closing shows.
create index alert_rule_idx on alert (rule, raised_at desc, at desc, id desc);
