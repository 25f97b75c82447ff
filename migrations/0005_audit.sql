-- Who did what: the audit chain, refused attempts, and answers kept for repeated calls.

CREATE TABLE audit_events (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL,
    actor          text        NOT NULL,
    actor_name     text        NOT NULL,
    action         text        NOT NULL,
    target         text        NOT NULL,
    team           text,
    before         jsonb,
    after          jsonb,
    correlation_id text        NOT NULL DEFAULT '',
    address        text        NOT NULL DEFAULT '',
    previous_hash  text        NOT NULL,
    hash           text        NOT NULL UNIQUE
);
COMMENT ON TABLE audit_events IS 'A chain: hash covers the row and the hash before it. Insert only';
CREATE INDEX audit_events_target ON audit_events (target, id DESC);
CREATE INDEX audit_events_actor ON audit_events (actor, id DESC);

CREATE FUNCTION audit_events_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_events_frozen';
END $$;
CREATE TRIGGER audit_events_frozen BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_events_frozen();
CREATE TRIGGER audit_events_not_emptied BEFORE TRUNCATE ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION audit_events_frozen();

CREATE TABLE access_denials (
    principal text        NOT NULL,
    route     text        NOT NULL,
    minute    timestamptz NOT NULL,
    count     integer     NOT NULL DEFAULT 1,
    PRIMARY KEY (principal, route, minute)
);

CREATE TABLE idempotency_keys (
    principal    text        NOT NULL,
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    route        text        NOT NULL,
    request_hash text        NOT NULL,
    status       integer,
    answer       text,
    location     text,
    object_id    text,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
COMMENT ON TABLE idempotency_keys IS 'Inserted first, in the transaction of the effect; kept 24 h';

GRANT SELECT, INSERT ON audit_events TO clusterdesk;
GRANT SELECT, INSERT, UPDATE, DELETE ON access_denials, idempotency_keys TO clusterdesk;
