-- How far a runner has come with its writes: where it looks when the answer to a COMMIT was lost.

CREATE UNIQUE INDEX job_locks_token ON job_locks (lease_token);

CREATE TABLE job_writes (
    lease_token uuid   NOT NULL REFERENCES job_locks (lease_token) ON DELETE CASCADE,
    writer      text   NOT NULL CHECK (writer IN ('JOB', 'LOG')),
    number      bigint NOT NULL CHECK (number > 0),
    PRIMARY KEY (lease_token, writer)
);
COMMENT ON TABLE job_writes IS 'The newest transaction of each writer of a lease that took effect. Goes with its lease';

GRANT SELECT, INSERT, UPDATE ON job_writes TO clusterdesk;
