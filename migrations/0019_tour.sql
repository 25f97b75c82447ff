-- The tour for the first order, until somebody ends it. Who has ordered before needs none.
ALTER TABLE users ADD COLUMN tour_ended_at timestamptz;
UPDATE users SET tour_ended_at = clock_timestamp() WHERE id IN (SELECT requester_id FROM requests);
