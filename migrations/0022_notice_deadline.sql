-- A destroy that fails again and again is one trouble, told once.
COMMENT ON COLUMN notices.deadline IS 'Of a warning: when it was due. Of a destroy that fails: when it was wanted. Of the others: when it happened. Nobody is told twice';
