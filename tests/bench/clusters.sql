-- Clusters of one team for `./desk bench`, numbers :first to :last: every tenth is READY, the others were cancelled (no
-- receipts needed).
BEGIN;
INSERT INTO teams (name, title) VALUES ('bench', 'Bench') ON CONFLICT DO NOTHING;
INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, cost_center, status,
                      lifetime_seconds, max_lifetime_seconds, hourly_rate_micros, created_at, ready_at, destroy_at)
SELECT 'clu_' || lpad(n::text, 26, '0'), 'bench-' || n, 'demo', 'demo-standard', 'demo-east-1', 'demo.example.com', '4.20.3',
       'bench', u.id, 'bench', CASE WHEN n % 10 = 0 THEN 'READY' ELSE 'CANCELLED' END, 28800, 604800, 1980000,
       now() - n * interval '1 minute', CASE WHEN n % 10 = 0 THEN now() - n * interval '1 minute' + interval '30 seconds' END,
       CASE WHEN n % 10 = 0 THEN now() + interval '8 hours' END
  FROM generate_series(:first, :last) AS n, (SELECT id FROM users WHERE username = 'admin') AS u;
INSERT INTO state_intervals (cluster_id, status, from_at, hourly_rate_micros)
SELECT id, status, coalesce(ready_at, created_at), CASE status WHEN 'READY' THEN hourly_rate_micros ELSE 0 END
  FROM clusters WHERE team = 'bench' AND id BETWEEN 'clu_' || lpad(:first::text, 26, '0') AND 'clu_' || lpad(:last::text, 26, '0');
COMMIT;
ANALYZE clusters, state_intervals;
