-- What a search for orphans knows of each, and what an administrator said about it.
ALTER TABLE orphans ADD COLUMN owner text NOT NULL DEFAULT '',
                    ADD COLUMN is_ours boolean NOT NULL DEFAULT false,
                    ADD COLUMN ignored boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN orphans.owner IS 'A guess, from its tags';
COMMENT ON COLUMN orphans.is_ours IS 'Its infraID is one that a desk tagged or that an attempt stored: it may be destroyed by it';
COMMENT ON COLUMN orphans.ignored IS 'Closed for good: it stays closed though sweeps go on to see it';

CREATE INDEX orphans_place ON orphans (provider, account, region) WHERE state = 'OPEN';
-- When a place was swept last.
CREATE INDEX jobs_sweeps ON jobs (subject, created_at DESC) WHERE type = 'ORPHAN_SWEEP';
