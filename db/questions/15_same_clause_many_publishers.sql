-- کدام بند را چند رسانه بازتاب داده‌اند؟
-- Only where the archive has the text are there other names of a clause, and a law that could cite itself.
WITH cited AS (
  SELECT DISTINCT instrument_id, eid, revision_id
  FROM cited_clauses
  WHERE instrument_id IS NOT NULL AND instrument_id NOT IN (SELECT instrument_id FROM laws)
  UNION ALL
  SELECT DISTINCT m.instrument_id, coalesce(n.clause_eid, m.eid), m.revision_id
  FROM cited_clauses m
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE m.instrument_id IN (SELECT instrument_id FROM laws)
    AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
), counted AS (
  SELECT c.instrument_id, c.eid, d.publisher_id, count(*) AS documents
  FROM cited c JOIN documents d ON d.revision_id = c.revision_id
  GROUP BY c.instrument_id, c.eid, d.publisher_id
)
SELECT i.title AS instrument, c.eid, count(*) AS publishers, sum(c.documents) AS documents, group_concat(p.slug, '، ') AS who
FROM counted c
JOIN instruments i ON i.id = c.instrument_id
JOIN publishers p ON p.id = c.publisher_id
GROUP BY c.instrument_id, c.eid
ORDER BY publishers DESC, documents DESC, i.title, c.eid
