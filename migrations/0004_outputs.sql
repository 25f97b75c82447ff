-- What a cluster gives and what proves its end: outputs, artifacts, sealed secrets, download links, receipts.

CREATE TABLE cluster_artifacts (
    id         text        PRIMARY KEY CHECK (id ~ '^art_[0-9A-Z]{26}$'),
    cluster_id text        NOT NULL REFERENCES clusters,
    job_id     text        REFERENCES jobs,
    attempt    integer,
    type       text        NOT NULL CHECK (type IN ('INSTALL_DIR_SNAPSHOT', 'LOG', 'AUTH_BUNDLE', 'METADATA', 'KUBECONFIG', 'RECEIPT')),
    object_key text        NOT NULL UNIQUE,
    bytes      bigint      NOT NULL CHECK (bytes >= 0),
    sha256     text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    is_public  boolean     NOT NULL,
    file_name  text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    deleted_at timestamptz
);
CREATE INDEX cluster_artifacts_cluster ON cluster_artifacts (cluster_id, created_at);
COMMENT ON COLUMN cluster_artifacts.is_public IS 'false: sealed, no route leads to it';

CREATE TABLE secrets (
    id         text        PRIMARY KEY CHECK (id ~ '^sec_[0-9A-Z]{26}$'),
    owner      text        NOT NULL,
    purpose    text        NOT NULL,
    version    integer     NOT NULL DEFAULT 1,
    key_id     text        NOT NULL,
    sealed     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (owner, purpose)
);
COMMENT ON TABLE secrets IS 'The embedded secret store: AES-256-GCM; id, owner, purpose and version are bound as additional data';

CREATE TABLE cluster_outputs (
    cluster_id             text        PRIMARY KEY REFERENCES clusters,
    api_url                text        NOT NULL,
    console_url            text        NOT NULL,
    kubeconfig_artifact_id text        NOT NULL REFERENCES cluster_artifacts,
    kubeadmin_secret_id    text        NOT NULL REFERENCES secrets,
    infra_id               text        NOT NULL,
    metadata               jsonb       NOT NULL DEFAULT '{}',
    created_at             timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE cluster_outputs IS 'No secret value is in here, ever';

CREATE TABLE downloads (
    id           text        PRIMARY KEY CHECK (id ~ '^dl_[0-9A-Z]{26}$'),
    artifact_id  text        NOT NULL REFERENCES cluster_artifacts,
    cluster_id   text        NOT NULL REFERENCES clusters,
    created_by   text        NOT NULL REFERENCES users,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at   timestamptz NOT NULL,
    one_time     boolean     NOT NULL DEFAULT false,
    used_at      timestamptz,
    use_count    integer     NOT NULL DEFAULT 0,
    revoked_at   timestamptz,
    revoked_by   text        REFERENCES users
);
CREATE INDEX downloads_cluster ON downloads (cluster_id, created_at DESC);

CREATE TABLE receipts (
    id         text        PRIMARY KEY CHECK (id ~ '^rcp_[0-9A-Z]{26}$'),
    cluster_id text        NOT NULL REFERENCES clusters,
    job_id     text        NOT NULL REFERENCES jobs,
    body       jsonb       NOT NULL,
    sha256     text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    clean_at   timestamptz NOT NULL
);
CREATE INDEX receipts_cluster ON receipts (cluster_id);
COMMENT ON TABLE receipts IS 'The proof of deletion: scope, queries, what was found, and the two sweeps that found nothing';

CREATE TABLE receipt_sweeps (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster_id text        NOT NULL REFERENCES clusters,
    job_id     text        NOT NULL REFERENCES jobs,
    attempt    integer     NOT NULL,
    sweep      integer     NOT NULL CHECK (sweep IN (1, 2)),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    scope      jsonb       NOT NULL,
    found      jsonb       NOT NULL
);
CREATE INDEX receipt_sweeps_job ON receipt_sweeps (job_id, attempt, sweep);
COMMENT ON COLUMN receipt_sweeps.found IS 'Resources that still existed; an empty list is a clean sweep';

ALTER TABLE clusters ADD FOREIGN KEY (receipt_id) REFERENCES receipts;

GRANT SELECT, INSERT ON secrets, cluster_outputs, receipts, receipt_sweeps TO clusterdesk;
GRANT UPDATE, DELETE ON secrets TO clusterdesk;
GRANT UPDATE ON cluster_outputs TO clusterdesk;
GRANT SELECT, INSERT, UPDATE ON cluster_artifacts, downloads TO clusterdesk;
