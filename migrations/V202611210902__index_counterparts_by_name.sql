-- Serves finding MCP servers and hosts by how their name begins; in the order of bytes, because only that lets "begins
-- with" use it.
create index counterpart_kind_name_idx on counterpart (kind, lower(name) collate "C");
