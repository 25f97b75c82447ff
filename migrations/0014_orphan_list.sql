-- The list of all orphans, open ones first, in the index's own order: searches may leave many rows.
DROP INDEX orphans_recent;
CREATE INDEX orphans_recent ON orphans (state DESC, first_seen_at DESC, id DESC);
