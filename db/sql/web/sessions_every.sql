WITH superseded AS MATERIALIZED (
  SELECT r.id FROM documents d CROSS JOIN revisions r ON r.document_id = d.id WHERE d.revisions > 1 AND r.id <> d.revision_id
), reported AS (
  SELECT body_id, number, min(held_on) AS held_on, count(DISTINCT revision_id) AS documents
  FROM mentioned_sessions
  WHERE body_id IS NOT NULL AND number IS NOT NULL AND revision_id NOT IN superseded
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
