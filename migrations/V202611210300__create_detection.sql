-- How far rules have followed the trail, and what they remember, so that a restart goes on where it was.

-- One row: findings of all records up to `position` are written in the transaction that moved it there.
create table detection_cursor (
  name               text        not null,
  position           bigint      not null,
  snapshot_position  bigint      not null,
  moved_at           timestamptz not null,
  constraint detection_cursor_pk              primary key (name),
  constraint detection_cursor_position_check  check (position >= 0),
  constraint detection_cursor_snapshot_check  check (snapshot_position between 0 and position)
);

comment on table  detection_cursor                   is 'How far rules have followed the trail';
comment on column detection_cursor.name              is 'Who follows; there is one, named live';
comment on column detection_cursor.position          is 'Findings of records up to here are written';
comment on column detection_cursor.snapshot_position is 'Where the memory in detector_snapshot was taken; a restart reads the trail again from there';
comment on column detection_cursor.moved_at          is 'When, our clock';

-- What each rule remembers; replaced as a whole, always together with the cursor.
create table detector_snapshot (
  rule   text    not null,
  form   integer not null,
  shape  text    not null,
  state  bytea   not null,
  constraint detector_snapshot_pk primary key (rule)
);

comment on table  detector_snapshot       is 'What rules remembered at detection_cursor.snapshot_position';
comment on column detector_snapshot.rule  is 'Id of the rule; * holds what all share';
comment on column detector_snapshot.form  is 'Form of the encoding; state of another form is not read';
comment on column detector_snapshot.shape is 'What the rule remembers by; when a changed rule has another shape it starts empty';
