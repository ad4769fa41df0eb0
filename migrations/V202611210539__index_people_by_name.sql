-- Serves people by name in order, and looking somebody up by how the name begins: 200 characters, because a name that a
-- client chose may be too long for an index; in the order of bytes, because only that lets "begins with" use it.
create index person_name_idx on person (lower(left(name, 200)) collate "C", person_key);
