-- The number of a cluster's workers may change while it runs, by a request of its own kind.
ALTER TABLE clusters ADD COLUMN workers integer CHECK (workers >= 0);
COMMENT ON COLUMN clusters.workers IS 'As last recorded; null: as ordered';
UPDATE clusters c SET workers = (r.effective_order #>> '{workers,replicas}')::integer
  FROM requests r WHERE r.cluster_id = c.id AND r.kind = 'CREATE';

ALTER TABLE requests DROP CONSTRAINT requests_kind_check,
    ADD CONSTRAINT requests_kind_check CHECK (kind IN ('CREATE', 'EXTEND', 'SCALE', 'PREVIEW'));
