-- The queue and what happened: jobs, attempts, steps, logs, leases, workers.

CREATE TABLE jobs (
    id                  text        PRIMARY KEY CHECK (id ~ '^job_[0-9A-Z]{26}$'),
    type                text        NOT NULL CHECK (type IN ('CREATE', 'DESTROY', 'JANITOR_DESTROY', 'SCALE_WORKERS',
                        'HIBERNATE', 'RESUME', 'HANDOFF', 'VERIFY', 'ORPHAN_SWEEP', 'PREVIEW_DEPLOY', 'PREVIEW_TEARDOWN')),
    subject             text        NOT NULL,
    cluster_id          text        REFERENCES clusters,
    status              text        NOT NULL CHECK (status IN ('PENDING', 'RUNNING', 'RETRYING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    run_after           timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts            integer     NOT NULL DEFAULT 0,
    failures            integer     NOT NULL DEFAULT 0,
    workers_lost        integer     NOT NULL DEFAULT 0,
    cancel_requested_at timestamptz,
    cancel_requested_by text,
    error_class         text        CHECK (error_class IN ('user', 'credentials', 'transient', 'quota', 'cloud', 'dirty', 'internal')),
    error_code          text,
    error_message       text,
    error_hint          text,
    error_turn          text        CHECK (error_turn IN ('REQUESTER', 'ADMIN', 'NOBODY')),
    params              jsonb       NOT NULL DEFAULT '{}',
    correlation_id      text        NOT NULL DEFAULT '',
    created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at          timestamptz,
    ended_at            timestamptz,
    CHECK ((status IN ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (ended_at IS NOT NULL))
);
COMMENT ON COLUMN jobs.attempts IS 'Number of the newest attempt; an attempt begins at the first claim, after a retry, or after a lost worker';
COMMENT ON COLUMN jobs.failures IS 'Attempts that failed by themselves; compared with the limit of the type';
-- At most one open job per subject: not a convention.
CREATE UNIQUE INDEX jobs_one_open ON jobs (subject) WHERE status IN ('PENDING', 'RUNNING', 'RETRYING');
CREATE INDEX jobs_due ON jobs (run_after, id) WHERE status IN ('PENDING', 'RETRYING');
CREATE INDEX jobs_cluster ON jobs (cluster_id, created_at DESC, id DESC);

CREATE TABLE job_attempts (
    job_id       text        NOT NULL REFERENCES jobs,
    attempt      integer     NOT NULL CHECK (attempt > 0),
    cluster_id   text        REFERENCES clusters,
    worker       text        NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at     timestamptz,
    outcome      text        CHECK (outcome IN ('SUCCEEDED', 'FAILED', 'RETRY', 'CANCELLED', 'WORKER_LOST')),
    phase        text        NOT NULL DEFAULT 'local' CHECK (phase IN ('local', 'cloud', 'bootstrapped', 'installed')),
    region       text,
    infra_id     text,
    metadata     jsonb,
    tf_state_key text,
    ccoctl_name  text,
    clean_at     timestamptz,
    host_lost    boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (job_id, attempt)
);
COMMENT ON TABLE job_attempts IS 'One run of a job from its first step. infra_id, metadata, tf_state_key, ccoctl_name are the keys by which its cloud resources are found again; they are committed before anything is created';
COMMENT ON COLUMN job_attempts.host_lost IS 'Another host gave its host up: what it started may still run there, so the next attempt begins with a destroy';
COMMENT ON COLUMN job_attempts.clean_at IS 'When two sweeps had proven that nothing of this attempt is left';
CREATE UNIQUE INDEX job_attempts_infra ON job_attempts (infra_id) WHERE infra_id IS NOT NULL;
CREATE INDEX job_attempts_cluster ON job_attempts (cluster_id, started_at);

CREATE FUNCTION job_attempts_key_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.infra_id IS NOT NULL AND NEW.infra_id IS DISTINCT FROM OLD.infra_id)
       OR (OLD.tf_state_key IS NOT NULL AND NEW.tf_state_key IS DISTINCT FROM OLD.tf_state_key)
       OR (OLD.ccoctl_name IS NOT NULL AND NEW.ccoctl_name IS DISTINCT FROM OLD.ccoctl_name) THEN
        RAISE EXCEPTION 'the key of an attempt is written once' USING ERRCODE = 'check_violation', CONSTRAINT = 'job_attempts_key_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER job_attempts_key_once BEFORE UPDATE ON job_attempts FOR EACH ROW EXECUTE FUNCTION job_attempts_key_once();

CREATE TABLE job_steps (
    job_id     text        NOT NULL,
    attempt    integer     NOT NULL,
    step       text        NOT NULL,
    position   integer     NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at   timestamptz,
    outcome    text        CHECK (outcome IN ('DONE', 'WAITING', 'RETRY', 'FAILED', 'STOPPED')),
    detail     text        NOT NULL DEFAULT '',
    PRIMARY KEY (job_id, attempt, step),
    FOREIGN KEY (job_id, attempt) REFERENCES job_attempts
);

CREATE TABLE job_logs (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id  text        NOT NULL REFERENCES jobs,
    attempt integer     NOT NULL,
    line    integer     NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    step    text        NOT NULL DEFAULT '',
    source  text        NOT NULL CHECK (source IN ('DESK', 'INSTALLER', 'INSTALLER_FILE', 'PROGRAM')),
    level   text        NOT NULL CHECK (level IN ('DEBUG', 'INFO', 'WARNING', 'ERROR')),
    text    text        NOT NULL,
    UNIQUE (job_id, attempt, line)
);
COMMENT ON TABLE job_logs IS 'Redacted lines. line counts from 1 in each attempt and is the anchor of the page; no retry touches earlier lines';

CREATE TABLE job_locks (
    subject      text        PRIMARY KEY,
    job_id       text        NOT NULL REFERENCES jobs,
    attempt      integer     NOT NULL,
    host         text        NOT NULL,
    locked_by    text        NOT NULL,
    lease_token  uuid        NOT NULL,
    locked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    heartbeat_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at   timestamptz NOT NULL
);
COMMENT ON TABLE job_locks IS 'The lease: who may act on a subject. An expired row still blocks; only rescue removes it. Times are clock_timestamp()';
CREATE INDEX job_locks_expiry ON job_locks (expires_at);
CREATE INDEX job_locks_host ON job_locks (host);

CREATE TABLE workers (
    host       text        PRIMARY KEY,
    boot_id    text        NOT NULL,
    version    text        NOT NULL,
    slots      integer     NOT NULL,
    store_id   text        NOT NULL DEFAULT '',
    first_seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_tick  timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_claim timestamptz,
    draining   boolean     NOT NULL DEFAULT false
);

CREATE TABLE metrics_counters (
    name   text   NOT NULL,
    labels text   NOT NULL DEFAULT '',
    value  double precision NOT NULL DEFAULT 0,
    PRIMARY KEY (name, labels)
);

CREATE TABLE brakes (
    name   text        PRIMARY KEY CHECK (name IN ('NO_CREATES', 'NO_DESTROYS', 'READ_ONLY')),
    reason text        NOT NULL,
    by_id  text        NOT NULL REFERENCES users,
    since  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE outbox (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            text        NOT NULL,
    subject         text        NOT NULL,
    deadline        timestamptz NOT NULL,
    payload         jsonb       NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    accepted_at     timestamptz,
    UNIQUE (kind, subject, deadline)
);
COMMENT ON TABLE outbox IS 'Messages, written in the transaction of what they tell; the page shows them from here';
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE accepted_at IS NULL;
CREATE INDEX outbox_subject ON outbox (subject);

GRANT SELECT, INSERT, UPDATE ON jobs, job_attempts, job_steps, workers, metrics_counters, outbox TO clusterdesk;
GRANT SELECT, INSERT ON job_logs TO clusterdesk;
GRANT SELECT, INSERT, UPDATE, DELETE ON job_locks, brakes TO clusterdesk;
