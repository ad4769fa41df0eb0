-- Serves the risk of everybody, which only looks at alerts that were found in the last days.
create index alert_last_seen_idx on alert (last_seen);
