-- What an attempt checked, before it created anything or of a cluster that runs: one row each, all of them made.
CREATE TABLE job_checks (
    job_id      text     NOT NULL,
    attempt     integer  NOT NULL,
    position    integer  NOT NULL,
    check_id    text     NOT NULL,
    level       text     NOT NULL CHECK (level IN ('PASS', 'WARN', 'FAIL')),
    detail      text     NOT NULL,
    remedy      text     NOT NULL,
    checked_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (job_id, attempt, position),
    FOREIGN KEY (job_id, attempt) REFERENCES job_attempts (job_id, attempt) ON DELETE CASCADE,
    UNIQUE (job_id, attempt, check_id)
);
COMMENT ON TABLE job_checks IS 'The list that people see: what was checked, what was found, what to do about it. Replaced when the step runs again';

GRANT SELECT, INSERT, DELETE ON job_checks TO clusterdesk;
