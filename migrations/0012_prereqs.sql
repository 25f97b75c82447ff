-- What terraform made for a cluster before its installer ran.
CREATE TABLE prereqs (
    cluster_id  text        PRIMARY KEY REFERENCES clusters,
    state_key   text        NOT NULL,
    variables   jsonb       NOT NULL,
    planned     jsonb       NOT NULL DEFAULT '[]',
    outputs     jsonb       NOT NULL DEFAULT '{}',
    applied_at  timestamptz,
    destroyed_at timestamptz
);
COMMENT ON TABLE prereqs IS 'One terraform state for each cluster, shared by its attempts. Written before terraform may create anything';
COMMENT ON COLUMN prereqs.variables IS 'Chosen once: a zone that was created by us must not look like one that was there before';
COMMENT ON COLUMN prereqs.planned IS 'The plan that was applied: [{"address", "action"}]';
COMMENT ON COLUMN prereqs.outputs IS 'Outputs that terraform does not call sensitive';

GRANT SELECT, INSERT, UPDATE ON prereqs TO clusterdesk;
