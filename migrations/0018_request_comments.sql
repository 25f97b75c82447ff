-- What approvers ask about a request, and what its requester answers. Never rewritten.
CREATE TABLE request_comments (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id text        NOT NULL REFERENCES requests,
    author_id  text        NOT NULL REFERENCES users,
    kind       text        NOT NULL CHECK (kind IN ('QUESTION', 'ANSWER')),
    text       text        NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
    at         timestamptz NOT NULL DEFAULT desk_now()
);
CREATE INDEX request_comments_request ON request_comments (request_id, id);

-- What becomes of the orders of a profile, and of the requests that lapsed.
CREATE INDEX clusters_profile ON clusters (profile, created_at DESC, id DESC);
CREATE INDEX requests_lapsed ON requests (decided_at DESC) WHERE state = 'LAPSED';

GRANT SELECT, INSERT ON request_comments TO clusterdesk;
