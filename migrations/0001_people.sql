-- People: local accounts, teams and roles, sessions, API tokens, failed sign-ins.
-- The desk connects as role `clusterdesk`, which owns nothing; what it may do is granted here, table by table.

-- Business deadlines are compared with this and nothing else. Only the tests' template database replaces it;
-- start-up and `doctor` refuse another body.
CREATE FUNCTION desk_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';

CREATE TABLE teams (
    name       text        PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    title      text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE teams IS 'Groups that own clusters. The name is the key in the API and is never changed.';

CREATE TABLE users (
    id                   text        PRIMARY KEY CHECK (id ~ '^usr_[0-9A-Z]{26}$'),
    username             text        NOT NULL UNIQUE CHECK (username ~ '^[a-z0-9][a-z0-9._@-]{0,62}$'),
    display_name         text        NOT NULL,
    email                text,
    password_hash        text        NOT NULL,
    must_change_password boolean     NOT NULL DEFAULT false,
    time_zone            text        NOT NULL DEFAULT 'Etc/UTC',
    disabled_at          timestamptz,
    created_at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN users.password_hash IS 'yescrypt; "*" is an account that can''t sign in by password';

CREATE TABLE user_roles (
    user_id text NOT NULL REFERENCES users,
    role    text NOT NULL CHECK (role IN ('platform_admin', 'auditor')),
    PRIMARY KEY (user_id, role)
);
COMMENT ON TABLE user_roles IS 'Roles on the whole desk';

CREATE TABLE team_members (
    team    text NOT NULL REFERENCES teams,
    user_id text NOT NULL REFERENCES users,
    role    text NOT NULL CHECK (role IN ('requester', 'approver', 'team_admin')),
    PRIMARY KEY (team, user_id, role)
);
CREATE INDEX team_members_user ON team_members (user_id);
COMMENT ON TABLE team_members IS 'Roles inside one team';

CREATE TABLE sessions (
    token_hash   bytea       PRIMARY KEY,
    user_id      text        NOT NULL REFERENCES users,
    csrf_token   text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at   timestamptz NOT NULL,
    address      text        NOT NULL DEFAULT '',
    user_agent   text        NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
COMMENT ON COLUMN sessions.token_hash IS 'SHA-256 of the cookie value; the value itself is nowhere';

CREATE TABLE api_tokens (
    id           text        PRIMARY KEY CHECK (id ~ '^tok_[0-9A-Z]{26}$'),
    user_id      text        NOT NULL REFERENCES users,
    name         text        NOT NULL,
    token_hash   bytea       NOT NULL UNIQUE,
    scope        text        NOT NULL CHECK (scope IN ('READ', 'WRITE')),
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);

CREATE TABLE login_failures (
    username text        NOT NULL,
    address  text        NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX login_failures_username ON login_failures (username, at);
CREATE INDEX login_failures_address ON login_failures (address, at);

CREATE TABLE settings (
    name  text PRIMARY KEY,
    value text NOT NULL
);
COMMENT ON TABLE settings IS 'Facts about this desk that belong to its database: store_id, the canary of the sealed store';

GRANT SELECT, INSERT, UPDATE ON teams, users, api_tokens, settings TO clusterdesk;
GRANT SELECT, INSERT, UPDATE, DELETE ON user_roles, team_members, sessions, login_failures TO clusterdesk;
