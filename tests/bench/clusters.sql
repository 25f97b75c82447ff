-- 10,000 clusters of one team, in the states of a desk that has run for a year, for `./desk bench`.
BEGIN;
INSERT INTO teams (name, title) VALUES ('bench', 'Bench') ON CONFLICT DO NOTHING;
UPDATE users SET must_change_password = false;
INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, cost_center, status,
                      lifetime_seconds, max_lifetime_seconds, hourly_rate_micros, seconds_per_hour, created_at, ready_at,
                      destroy_at, destroyed_at, receipt_id)
SELECT 'clu_' || lpad(n::text, 26, '0'), 'bench-' || n, 'demo', 'demo-standard', 'demo-east-1', 'demo.example.com', '4.20.3',
       'bench', u.id, 'bench', CASE WHEN n % 10 = 0 THEN 'READY' ELSE 'DESTROYED' END,
       28800, 604800, 1980000, 3600, now() - n * interval '50 minutes', now() - n * interval '49 minutes',
       now() + interval '8 hours', CASE WHEN n % 10 = 0 THEN NULL ELSE now() END,
       CASE WHEN n % 10 = 0 THEN NULL ELSE 'rcp_' || lpad(n::text, 26, '0') END
  FROM generate_series(1, 10000) AS n, (SELECT id FROM users WHERE username = 'admin') AS u;
INSERT INTO state_intervals (cluster_id, status, from_at, to_at, hourly_rate_micros)
SELECT id, 'READY', ready_at, destroyed_at, hourly_rate_micros FROM clusters WHERE team = 'bench';
COMMIT;
ANALYZE;
