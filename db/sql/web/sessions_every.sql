WITH every AS (
  SELECT m.body_id, m.number, m.held_on, m.revision_id, 0 AS passed
  FROM mentioned_sessions m
  JOIN documents d ON d.revision_id = m.revision_id
  WHERE m.body_id IS NOT NULL AND m.number IS NOT NULL
  UNION ALL
  SELECT s.body_id, s.number, NULL, NULL, 1 FROM instrument_sessions s
)
SELECT e.body_id, b.name AS body, e.number, min(e.held_on) AS held_on, count(DISTINCT e.revision_id) AS documents,
  sum(e.passed) AS instruments
FROM every e
JOIN bodies b ON b.id = e.body_id
GROUP BY e.body_id, e.number
ORDER BY b.name, e.number DESC
LIMIT 2000
