-- Why attempts failed: for each attempt, so that a retry does not wipe out what the one before it said.

ALTER TABLE job_attempts
    ADD COLUMN error_class   text  CHECK (error_class IN ('user', 'credentials', 'transient', 'quota', 'cloud', 'dirty', 'internal')),
    ADD COLUMN error_code    text,
    ADD COLUMN error_message text,
    ADD COLUMN error_hint    text,
    ADD COLUMN error_turn    text  CHECK (error_turn IN ('REQUESTER', 'ADMIN', 'NOBODY')),
    ADD COLUMN evidence      jsonb NOT NULL DEFAULT '[]',
    ADD CONSTRAINT job_attempts_error CHECK ((error_class IS NULL) = (error_code IS NULL));
COMMENT ON COLUMN job_attempts.error_code IS 'Name of the failure rule that recognised it; the words beside it are those of the rule as it was then';
COMMENT ON COLUMN job_attempts.evidence IS 'Redacted lines that show it: [{"line": number in job_logs or 0, "text"}]';
-- "The last ten times": attempts that failed for the same reason, newest first.
CREATE INDEX job_attempts_reason ON job_attempts (error_code, ended_at DESC) WHERE error_code IS NOT NULL;

ALTER TABLE workers ADD COLUMN faults text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN workers.faults IS 'What the host found wrong with itself at its last tick, in words for an administrator';
