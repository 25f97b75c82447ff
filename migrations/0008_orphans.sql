-- What is left when an administrator gives a destroy up: cloud resources without a live cluster. Until the last of them
-- is closed they hold the cluster's name.

CREATE TABLE orphans (
    id                 text        PRIMARY KEY CHECK (id ~ '^orp_[0-9A-Z]{26}$'),
    provider           text        NOT NULL CHECK (provider IN ('aws', 'ibmcloud', 'gcp', 'azure', 'none', 'doks', 'demo')),
    account            text        NOT NULL DEFAULT '',
    region             text        NOT NULL,
    type               text        NOT NULL,
    resource_id        text        NOT NULL,
    name               text        NOT NULL DEFAULT '',
    infra_id           text,
    cluster_id         text        REFERENCES clusters,
    first_seen_at      timestamptz NOT NULL,
    last_seen_at       timestamptz NOT NULL CHECK (last_seen_at >= first_seen_at),
    hourly_rate_micros bigint      CHECK (hourly_rate_micros >= 0),
    state              text        NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'CLOSED')),
    note               text        NOT NULL DEFAULT '',
    closed_at          timestamptz,
    closed_by          text,
    UNIQUE (provider, account, region, type, resource_id),
    CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))
);
COMMENT ON COLUMN orphans.account IS 'Of the provider; empty where the desk knows one account only';
COMMENT ON COLUMN orphans.hourly_rate_micros IS 'A guess, in millionths of a dollar; NULL = nobody knows';
COMMENT ON COLUMN orphans.closed_by IS 'A user id, or the word of a part of the desk';
CREATE INDEX orphans_cluster ON orphans (cluster_id);
CREATE INDEX orphans_recent ON orphans (state, first_seen_at DESC, id DESC);

-- The name of a cluster that was given up stays taken while anything is left of it. One unique index says who holds a
-- name, so that no two transactions can disagree.
ALTER TABLE clusters ADD COLUMN name_held boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN clusters.name_held IS 'An ended cluster with open orphans; kept by a trigger of orphans';
DROP INDEX clusters_name_taken;
CREATE UNIQUE INDEX clusters_name_taken ON clusters (name, platform, base_domain)
    WHERE name_held OR status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED');

CREATE FUNCTION orphans_hold_the_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- locked first, so that of two that close the last two orphans the second sees what the first did
    PERFORM 1 FROM clusters WHERE id = NEW.cluster_id FOR UPDATE;
    UPDATE clusters SET name_held = held
      FROM (SELECT EXISTS (SELECT 1 FROM orphans WHERE cluster_id = NEW.cluster_id AND state = 'OPEN') AS held) now
     WHERE id = NEW.cluster_id AND name_held <> held;
    RETURN NULL;
EXCEPTION WHEN unique_violation THEN
    RETURN NULL;  -- seen again after the name went to another cluster
END $$;
CREATE TRIGGER orphans_hold_the_name AFTER INSERT OR UPDATE OF state, cluster_id ON orphans
    FOR EACH ROW WHEN (NEW.cluster_id IS NOT NULL) EXECUTE FUNCTION orphans_hold_the_name();

-- A receipt may also say what is left. It is no proof, and nothing is ever called destroyed by it.
ALTER TABLE receipts ADD COLUMN kind text NOT NULL DEFAULT 'PROOF' CHECK (kind IN ('PROOF', 'GIVEN_UP'));
ALTER TABLE receipts ALTER COLUMN clean_at DROP NOT NULL;
ALTER TABLE receipts ADD CONSTRAINT receipts_proof_is_clean CHECK ((kind = 'PROOF') = (clean_at IS NOT NULL));
COMMENT ON COLUMN receipts.kind IS 'PROOF: two sweeps found nothing. GIVEN_UP: an administrator stopped the destroy; body lists what was left';

CREATE FUNCTION clusters_destroyed_by_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM receipts WHERE id = NEW.receipt_id AND kind = 'PROOF') THEN
        RAISE EXCEPTION 'only a proof makes a cluster DESTROYED' USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_destroyed_by_proof';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clusters_destroyed_by_proof BEFORE INSERT OR UPDATE OF status ON clusters
    FOR EACH ROW WHEN (NEW.status = 'DESTROYED') EXECUTE FUNCTION clusters_destroyed_by_proof();

CREATE INDEX receipt_sweeps_cluster ON receipt_sweeps (cluster_id, at DESC, id DESC);

GRANT SELECT, INSERT, UPDATE ON orphans TO clusterdesk;
