-- Whoever is made the owner of an adopted cluster is told. Older programs meet this kind only after an administrator has
-- adopted something for somebody else.
ALTER TABLE notices DROP CONSTRAINT notices_kind_check,
    ADD CONSTRAINT notices_kind_check CHECK (kind IN ('EXPIRES', 'READY', 'FAILED', 'DESTROYED', 'DESTROY_FAILED',
        'ABANDONED', 'APPROVED', 'REJECTED', 'LAPSED', 'ASKED', 'ANSWERED', 'ADOPTED'));
