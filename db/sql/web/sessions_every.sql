WITH reported AS MATERIALIZED (
  SELECT body_id, number, min(nullif(held_on, '')) AS held_on, sum(is_first) AS documents
  FROM document_sessions
  WHERE number > 0
  GROUP BY body_id, number
), passed AS (
  SELECT body_id, number, count(*) AS instruments FROM instrument_sessions GROUP BY body_id, number
), every AS (
  SELECT body_id, number FROM reported UNION SELECT body_id, number FROM passed
)
SELECT e.body_id, b.name AS body, e.number, r.held_on, coalesce(r.documents, 0) AS documents,
  coalesce(p.instruments, 0) AS instruments
FROM every e
JOIN bodies b ON b.id = e.body_id
LEFT JOIN reported r ON r.body_id = e.body_id AND r.number = e.number
LEFT JOIN passed p ON p.body_id = e.body_id AND p.number = e.number
ORDER BY b.name, e.number DESC
LIMIT 2000
