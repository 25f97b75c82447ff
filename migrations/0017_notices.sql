-- Costs by period; what people are told; their deadlines as a calendar.

-- What cost money in the last months is found without reading what was spent years ago.
CREATE INDEX state_intervals_priced ON state_intervals ((coalesce(to_at, 'infinity'::timestamptz)))
    WHERE hourly_rate_micros > 0;

CREATE TABLE notices (
    id         text        PRIMARY KEY CHECK (id ~ '^ntc_[0-9A-Z]{26}$'),
    user_id    text        NOT NULL REFERENCES users,
    kind       text        NOT NULL CHECK (kind IN ('EXPIRES', 'READY', 'FAILED', 'DESTROYED', 'DESTROY_FAILED',
                           'ABANDONED', 'APPROVED', 'REJECTED', 'LAPSED', 'ASKED', 'ANSWERED')),
    cluster_id text        NOT NULL REFERENCES clusters,
    request_id text        REFERENCES requests,
    deadline   timestamptz NOT NULL,
    payload    jsonb       NOT NULL DEFAULT '{}',
    version    integer     NOT NULL DEFAULT 1,
    at         timestamptz NOT NULL DEFAULT desk_now(),
    read_at    timestamptz,
    UNIQUE (user_id, cluster_id, kind, deadline)
);
COMMENT ON TABLE notices IS 'What a person is told, written in the transaction of what it tells';
COMMENT ON COLUMN notices.deadline IS 'Of a warning: when it was due. Of the others: when it happened. Nobody is told twice';
COMMENT ON COLUMN notices.payload IS 'What was true when it was written, never a secret; version says what it holds';
CREATE INDEX notices_newest ON notices (user_id, id DESC);
CREATE INDEX notices_unread ON notices (user_id) WHERE read_at IS NULL;
CREATE INDEX notices_age ON notices (at) WHERE read_at IS NOT NULL;

CREATE TABLE calendar_feeds (
    user_id      text        PRIMARY KEY REFERENCES users,
    token_hash   bytea       NOT NULL UNIQUE,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used_at timestamptz,
    minute       timestamptz NOT NULL DEFAULT date_trunc('minute', clock_timestamp()),
    count        integer     NOT NULL DEFAULT 0
);
COMMENT ON TABLE calendar_feeds IS 'The secret address of a person''s deadlines; minute and count limit how often it is read';
COMMENT ON COLUMN calendar_feeds.token_hash IS 'SHA-256 of the token in the address; the token itself is nowhere';

GRANT SELECT, INSERT, UPDATE, DELETE ON notices, calendar_feeds TO clusterdesk;
