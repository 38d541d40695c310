-- بیش از همه به کدام بندها و ماده‌ها استناد شده است؟
-- A clause counts under its own name whichever it was cited by; what a law says of itself is not counted.
-- Only where the archive has the text are there other names, and a law that could cite itself.
WITH counted AS (
  SELECT instrument_id, eid, count(*) AS documents, min(document_id) AS example
  FROM document_clauses
  WHERE instrument_id NOT IN (SELECT instrument_id FROM laws)
  GROUP BY instrument_id, eid
  UNION ALL
  SELECT m.instrument_id, coalesce(n.clause_eid, m.eid) AS eid, count(DISTINCT m.document_id), min(m.document_id)
  FROM document_clauses m
  JOIN documents d ON d.id = m.document_id
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE m.instrument_id IN (SELECT instrument_id FROM laws)
    AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = d.revision_id AND s.instrument_id = m.instrument_id)
  GROUP BY m.instrument_id, coalesce(n.clause_eid, m.eid)
  ORDER BY documents DESC, instrument_id, eid
  LIMIT 20
)
SELECT i.title AS instrument, coalesce(k.unit, min(m.unit)) AS unit,
  CASE WHEN k.id IS NOT NULL THEN k.number ELSE min(m.number) END AS number, c.eid, c.documents
FROM counted c
JOIN instruments i ON i.id = c.instrument_id
LEFT JOIN clauses k ON k.instrument_id = c.instrument_id AND k.eid = c.eid
LEFT JOIN documents d ON d.id = c.example
LEFT JOIN cited_clauses m ON m.instrument_id = c.instrument_id AND m.eid = c.eid AND m.revision_id = d.revision_id
GROUP BY c.instrument_id, c.eid
ORDER BY c.documents DESC, i.title, c.eid
