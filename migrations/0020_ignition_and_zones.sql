-- What machines start from, where somebody else makes them (platform none), is kept and handed out as kubeconfigs are.
ALTER TABLE cluster_artifacts DROP CONSTRAINT cluster_artifacts_type_check,
    ADD CONSTRAINT cluster_artifacts_type_check CHECK (type IN ('INSTALL_DIR_SNAPSHOT', 'LOG', 'AUTH_BUNDLE', 'METADATA',
        'KUBECONFIG', 'IGNITION', 'RECEIPT'));

-- The name of a zone that somebody typed: only then a destroy deletes the zone that Terraform made for the cluster.
ALTER TABLE prereqs ADD COLUMN delete_zone text;
COMMENT ON COLUMN prereqs.delete_zone IS 'As typed when the destroy was asked for; null: the zone stays';
