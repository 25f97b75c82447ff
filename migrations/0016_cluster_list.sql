-- The list of clusters: what is there now is found without walking over what has ended, and people keep their views.

CREATE INDEX clusters_open ON clusters (created_at DESC, id DESC)
    WHERE status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED');

CREATE TABLE saved_views (
    user_id  text        NOT NULL REFERENCES users,
    name     text        NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    query    text        NOT NULL CHECK (length(query) <= 2000),
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (user_id, name)
);
COMMENT ON TABLE saved_views IS 'Views of the list of clusters that people named for themselves';
COMMENT ON COLUMN saved_views.query IS 'Query string of the list, without the question mark; read anew whenever it is opened';

GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views TO clusterdesk;
