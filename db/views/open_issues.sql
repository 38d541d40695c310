CREATE VIEW open_issues AS -- What is wrong now, one row for each publisher and code.
WITH opened AS (
  SELECT publisher_id, code, min(noted_at) AS first_seen_at, max(noted_at) AS last_seen_at, count(*) AS count,
    max(CASE level WHEN 'error' THEN 3 WHEN 'warning' THEN 2 ELSE 1 END) AS gravity,
    max(CASE WHEN url IS NOT NULL THEN id END) AS example_id, max(id) AS last_id
  FROM issues
  WHERE closed_run_id IS NULL
  GROUP BY publisher_id, code
)
SELECT p.slug AS publisher, -- whose page, feed or host
  o.code, -- stable name of the kind
  CASE o.gravity WHEN 3 THEN 'error' WHEN 2 THEN 'warning' ELSE 'info' END AS level, -- the gravest met
  o.first_seen_at, -- since when
  o.last_seen_at, -- until when
  o.count, -- how often since then
  e.url AS example_url, -- the last place
  l.message -- what was said of it the last time
FROM opened o
JOIN publishers p ON p.id = o.publisher_id
LEFT JOIN issues e ON e.id = o.example_id
JOIN issues l ON l.id = o.last_id
UNION ALL
SELECT publisher, 'missing_clause', 'info', min(captured_at), max(captured_at), count(*), max(url),
  'a text cites a clause that the law does not have; the view missing_clauses lists them'
FROM missing_clauses
GROUP BY publisher
