-- The account of the cloud that an attempt acts in: written before anything is created, so that a destroy and its
-- sweeps never look into another one, where everything seems gone.
ALTER TABLE job_attempts ADD COLUMN account text;
COMMENT ON COLUMN job_attempts.account IS 'Where the keys of this attempt hold; NULL on platforms without accounts';

CREATE OR REPLACE FUNCTION job_attempts_key_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.infra_id IS NOT NULL AND NEW.infra_id IS DISTINCT FROM OLD.infra_id)
       OR (OLD.tf_state_key IS NOT NULL AND NEW.tf_state_key IS DISTINCT FROM OLD.tf_state_key)
       OR (OLD.ccoctl_name IS NOT NULL AND NEW.ccoctl_name IS DISTINCT FROM OLD.ccoctl_name)
       OR (OLD.account IS NOT NULL AND NEW.account IS DISTINCT FROM OLD.account) THEN
        RAISE EXCEPTION 'the key of an attempt is written once' USING ERRCODE = 'check_violation', CONSTRAINT = 'job_attempts_key_once';
    END IF;
    RETURN NEW;
END $$;
