-- Clusters and the requests for them.

CREATE TABLE clusters (
    id                text        PRIMARY KEY CHECK (id ~ '^clu_[0-9A-Z]{26}$'),
    name              text        NOT NULL,
    platform          text        NOT NULL CHECK (platform IN ('aws', 'ibmcloud', 'gcp', 'azure', 'none', 'doks', 'demo')),
    profile           text        NOT NULL,
    region            text        NOT NULL,
    base_domain       text        NOT NULL,
    version           text        NOT NULL,
    team              text        NOT NULL REFERENCES teams,
    owner_id          text        NOT NULL REFERENCES users,
    cost_center       text        NOT NULL,
    tags              jsonb       NOT NULL DEFAULT '{}',
    status            text        NOT NULL CHECK (status IN ('REQUESTED', 'PENDING', 'CREATING', 'READY', 'HIBERNATING',
                      'HIBERNATED', 'RESUMING', 'FAILED', 'DESTROYING', 'DESTROY_VERIFYING', 'DESTROY_FAILED',
                      'DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')),
    status_since      timestamptz NOT NULL DEFAULT clock_timestamp(),
    outcome           text        CHECK (outcome IN ('SUCCEEDED', 'FAILED')),
    outcome_reason    text,
    lifetime_seconds  bigint      NOT NULL CHECK (lifetime_seconds > 0),
    max_lifetime_seconds bigint   NOT NULL CHECK (max_lifetime_seconds >= lifetime_seconds),
    hourly_rate_micros bigint     NOT NULL CHECK (hourly_rate_micros >= 0),
    hibernated_rate_micros bigint NOT NULL DEFAULT 0 CHECK (hibernated_rate_micros >= 0),
    vcpu              integer     NOT NULL DEFAULT 0,
    seconds_per_hour  integer     NOT NULL DEFAULT 3600 CHECK (seconds_per_hour BETWEEN 1 AND 3600),
    created_at        timestamptz NOT NULL DEFAULT desk_now(),
    ready_at          timestamptz,
    destroy_at        timestamptz,
    destroyed_at      timestamptz,
    destroy_wanted_at timestamptz,
    destroy_wanted_by text,
    destroy_why       text,
    preserve_until    timestamptz,
    desired_power     text        NOT NULL DEFAULT 'ON' CHECK (desired_power IN ('ON', 'OFF')),
    observed_power    text        NOT NULL DEFAULT 'OFF' CHECK (observed_power IN ('ON', 'OFF')),
    receipt_id        text,
    CHECK (status <> 'DESTROYED' OR (destroyed_at IS NOT NULL AND receipt_id IS NOT NULL)),
    CHECK (status <> 'READY' OR (ready_at IS NOT NULL AND destroy_at IS NOT NULL))
);
COMMENT ON COLUMN clusters.lifetime_seconds IS 'Ordered life from READY on, extensions included, in real seconds (demo profiles scale their hours)';
COMMENT ON COLUMN clusters.seconds_per_hour IS '3600; less on platform demo, where a profile may scale time';
COMMENT ON COLUMN clusters.hourly_rate_micros IS 'Millionths of a dollar per hour of the profile at order time';
COMMENT ON COLUMN clusters.destroy_wanted_by IS 'A user id, or "ttl", or "failure"';

-- A name is taken while anything may be left of it (also by a failed one, whose DNS records may still exist).
CREATE UNIQUE INDEX clusters_name_taken ON clusters (name, platform, base_domain)
    WHERE status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED');
CREATE INDEX clusters_recent ON clusters (created_at DESC, id DESC);
CREATE INDEX clusters_team ON clusters (team, created_at DESC, id DESC);
CREATE INDEX clusters_owner ON clusters (owner_id, created_at DESC, id DESC);
CREATE INDEX clusters_deadline ON clusters (destroy_at) WHERE destroy_wanted_at IS NULL AND destroy_at IS NOT NULL
    AND status IN ('CREATING', 'READY', 'HIBERNATING', 'HIBERNATED', 'RESUMING', 'FAILED');
CREATE INDEX clusters_status ON clusters (status, platform);

CREATE TABLE requests (
    id               text        PRIMARY KEY CHECK (id ~ '^req_[0-9A-Z]{26}$'),
    kind             text        NOT NULL CHECK (kind IN ('CREATE', 'EXTEND', 'PREVIEW')),
    cluster_id       text        NOT NULL REFERENCES clusters,
    team             text        NOT NULL REFERENCES teams,
    requester_id     text        NOT NULL REFERENCES users,
    submitted_order  jsonb       NOT NULL,
    effective_order  jsonb       NOT NULL,
    digest           text        NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    reason           text        NOT NULL DEFAULT '',
    rule             text        NOT NULL,
    explanation      text        NOT NULL DEFAULT '',
    cost_micros      bigint      NOT NULL DEFAULT 0,
    state            text        NOT NULL CHECK (state IN ('OPEN', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'LAPSED')),
    approvals_needed integer     NOT NULL DEFAULT 0 CHECK (approvals_needed BETWEEN 0 AND 10),
    approver_teams   text[]      NOT NULL DEFAULT '{}',
    correlation_id   text        NOT NULL DEFAULT '',
    created_at       timestamptz NOT NULL DEFAULT desk_now(),
    lapses_at        timestamptz,
    decided_at       timestamptz,
    CHECK (state <> 'OPEN' OR lapses_at IS NOT NULL)
);
COMMENT ON COLUMN requests.effective_order IS 'Every resolved value, the profile''s included, never a secret; what the worker renders from';
COMMENT ON COLUMN requests.digest IS 'SHA-256 of the canonical JSON of effective_order; approvals bind to it';
COMMENT ON COLUMN requests.approver_teams IS 'Teams whose approvers may decide; empty = the request''s own team';
COMMENT ON COLUMN requests.correlation_id IS 'Request id of the HTTP call; follows the order into its jobs and logs';
CREATE UNIQUE INDEX requests_one_open ON requests (cluster_id, kind) WHERE state = 'OPEN';
CREATE INDEX requests_cluster ON requests (cluster_id);
CREATE INDEX requests_recent ON requests (created_at DESC, id DESC);
CREATE INDEX requests_requester ON requests (requester_id, created_at DESC);
CREATE INDEX requests_open ON requests (lapses_at) WHERE state = 'OPEN';

CREATE TABLE approvals (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id  text        NOT NULL REFERENCES requests,
    approver_id text        NOT NULL REFERENCES users,
    verdict     text        NOT NULL CHECK (verdict IN ('APPROVE', 'REJECT')),
    comment     text        NOT NULL DEFAULT '',
    digest      text        NOT NULL,
    at          timestamptz NOT NULL DEFAULT desk_now(),
    UNIQUE (request_id, approver_id)
);

-- No self-approval, whatever the code above believes; and a decision is on what stands there.
CREATE FUNCTION approvals_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    request requests%ROWTYPE;
    owner   text;
BEGIN
    SELECT * INTO STRICT request FROM requests WHERE id = NEW.request_id;
    SELECT owner_id INTO STRICT owner FROM clusters WHERE id = request.cluster_id;
    IF NEW.approver_id IN (request.requester_id, owner) THEN
        RAISE EXCEPTION 'nobody decides on a request of their own' USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_not_own';
    END IF;
    IF NEW.digest <> request.digest THEN
        RAISE EXCEPTION 'the order is not the one that was decided on' USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_digest';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_check BEFORE INSERT ON approvals FOR EACH ROW EXECUTE FUNCTION approvals_check();

-- What was ordered is never rewritten.
CREATE FUNCTION requests_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.kind, OLD.cluster_id, OLD.team, OLD.requester_id, OLD.submitted_order, OLD.effective_order, OLD.digest)
       IS DISTINCT FROM (NEW.kind, NEW.cluster_id, NEW.team, NEW.requester_id, NEW.submitted_order, NEW.effective_order, NEW.digest) THEN
        RAISE EXCEPTION 'a request is not rewritten' USING ERRCODE = 'check_violation', CONSTRAINT = 'requests_immutable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER requests_immutable BEFORE UPDATE ON requests FOR EACH ROW EXECUTE FUNCTION requests_immutable();

CREATE FUNCTION clusters_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.name, OLD.platform, OLD.profile, OLD.region, OLD.base_domain, OLD.version)
       IS DISTINCT FROM (NEW.name, NEW.platform, NEW.profile, NEW.region, NEW.base_domain, NEW.version) THEN
        RAISE EXCEPTION 'what a cluster is can''t be changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_immutable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clusters_immutable BEFORE UPDATE ON clusters FOR EACH ROW EXECUTE FUNCTION clusters_immutable();

CREATE TABLE state_intervals (
    id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster_id         text        NOT NULL REFERENCES clusters,
    status             text        NOT NULL,
    from_at            timestamptz NOT NULL,
    to_at              timestamptz,
    hourly_rate_micros bigint      NOT NULL DEFAULT 0,
    CHECK (to_at IS NULL OR to_at >= from_at)
);
CREATE UNIQUE INDEX state_intervals_open ON state_intervals (cluster_id) WHERE to_at IS NULL;
CREATE INDEX state_intervals_cluster ON state_intervals (cluster_id, from_at);
COMMENT ON TABLE state_intervals IS 'One row per stay in a state, opened and closed with the status; cost is computed from nothing else';

CREATE VIEW usage_samples AS
    SELECT i.cluster_id, i.status, i.from_at, coalesce(i.to_at, desk_now()) AS to_at, i.hourly_rate_micros,
           c.team, c.owner_id, c.cost_center, c.platform, c.profile
      FROM state_intervals i JOIN clusters c ON c.id = i.cluster_id
     WHERE i.hourly_rate_micros > 0;

CREATE TABLE quotas (
    id                 bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team               text    REFERENCES teams,
    user_id            text    REFERENCES users,
    soft_clusters       integer CHECK (soft_clusters >= 0),
    max_clusters        integer CHECK (max_clusters >= 0),
    soft_vcpu           integer CHECK (soft_vcpu >= 0),
    max_vcpu            integer CHECK (max_vcpu >= 0),
    soft_monthly_micros bigint  CHECK (soft_monthly_micros >= 0),
    max_monthly_micros  bigint  CHECK (max_monthly_micros >= 0),
    CHECK ((team IS NULL) <> (user_id IS NULL))
);
COMMENT ON TABLE quotas IS 'Above a soft line an order needs approval, above a max it is refused; NULL = no line';
CREATE UNIQUE INDEX quotas_team ON quotas (team) WHERE team IS NOT NULL;
CREATE UNIQUE INDEX quotas_user ON quotas (user_id) WHERE user_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON clusters, requests, state_intervals, quotas TO clusterdesk;
GRANT DELETE ON quotas TO clusterdesk;
GRANT SELECT, INSERT ON approvals TO clusterdesk;
GRANT SELECT ON usage_samples TO clusterdesk;
