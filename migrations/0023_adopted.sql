-- What is left of a cluster that ended, or of one that nobody knows any more, gets a home again: a cluster of its own, in
-- a state of its own. Older programs meet that state only after an administrator has adopted something.
ALTER TABLE clusters DROP CONSTRAINT clusters_status_check,
    ADD CONSTRAINT clusters_status_check CHECK (status IN ('REQUESTED', 'PENDING', 'CREATING', 'READY', 'HIBERNATING',
        'HIBERNATED', 'RESUMING', 'FAILED', 'ADOPTED', 'DESTROYING', 'DESTROY_VERIFYING', 'DESTROY_FAILED', 'DESTROYED',
        'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')),
    ADD CONSTRAINT clusters_adopted_ends CHECK (status <> 'ADOPTED' OR destroy_at IS NOT NULL);
DROP INDEX clusters_deadline;
CREATE INDEX clusters_deadline ON clusters (destroy_at) WHERE destroy_wanted_at IS NULL AND destroy_at IS NOT NULL
    AND status IN ('CREATING', 'READY', 'HIBERNATING', 'HIBERNATED', 'RESUMING', 'FAILED', 'ADOPTED');

-- Where its keys stand: a job that is done as soon as it is written.
ALTER TABLE jobs DROP CONSTRAINT jobs_type_check,
    ADD CONSTRAINT jobs_type_check CHECK (type IN ('CREATE', 'DESTROY', 'JANITOR_DESTROY', 'SCALE_WORKERS', 'HIBERNATE',
        'RESUME', 'HANDOFF', 'VERIFY', 'ORPHAN_SWEEP', 'PREVIEW_DEPLOY', 'PREVIEW_TEARDOWN', 'ADOPT'));

ALTER TABLE orphans ADD COLUMN adopted_as text REFERENCES clusters DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT orphans_adopted_is_closed CHECK (adopted_as IS NULL OR state = 'CLOSED');
COMMENT ON COLUMN orphans.adopted_as IS 'The cluster that it was made a part of; checked at the end of the transaction, because it is closed before that cluster may have its name';
