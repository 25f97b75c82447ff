-- How many API calls each principal made in the current minute.

CREATE UNLOGGED TABLE api_calls (
    principal text        PRIMARY KEY REFERENCES users,
    minute    timestamptz NOT NULL,
    count     integer     NOT NULL
);
COMMENT ON TABLE api_calls IS 'One row per principal, overwritten each minute. Unlogged: a crash forgives the calls of that minute';

GRANT SELECT, INSERT, UPDATE ON api_calls TO clusterdesk;
