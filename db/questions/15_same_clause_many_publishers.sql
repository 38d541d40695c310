-- کدام بند را چند رسانه بازتاب داده‌اند؟
-- Only where the archive has the text are there other names of a clause, and a law that could cite itself.
WITH cited AS (
  SELECT m.instrument_id, m.eid, d.publisher_id, count(DISTINCT d.id) AS documents
  FROM cited_clauses m JOIN documents d ON d.revision_id = m.revision_id
  WHERE m.instrument_id IS NOT NULL AND m.instrument_id NOT IN (SELECT instrument_id FROM laws)
  GROUP BY m.instrument_id, m.eid, d.publisher_id
  UNION ALL
  SELECT m.instrument_id, coalesce(n.clause_eid, m.eid), d.publisher_id, count(DISTINCT d.id)
  FROM cited_clauses m
  JOIN documents d ON d.revision_id = m.revision_id
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE m.instrument_id IN (SELECT instrument_id FROM laws)
    AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
  GROUP BY m.instrument_id, coalesce(n.clause_eid, m.eid), d.publisher_id
)
SELECT i.title AS instrument, c.eid, count(*) AS publishers, sum(c.documents) AS documents, group_concat(p.slug, '، ') AS who
FROM cited c
JOIN instruments i ON i.id = c.instrument_id
JOIN publishers p ON p.id = c.publisher_id
GROUP BY c.instrument_id, c.eid
ORDER BY publishers DESC, documents DESC, i.title, c.eid
