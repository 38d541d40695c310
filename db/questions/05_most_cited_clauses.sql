-- بیش از همه به کدام بندها و ماده‌ها استناد شده است؟
WITH cited AS (
  SELECT DISTINCT instrument_id, eid, revision_id FROM cited_clauses WHERE instrument_id IS NOT NULL
), counted AS (
  SELECT instrument_id, eid, count(*) AS documents, min(revision_id) AS example
  FROM cited
  WHERE revision_id IN (SELECT revision_id FROM documents)
  GROUP BY instrument_id, eid
  ORDER BY documents DESC, instrument_id, eid
  LIMIT 20
)
SELECT i.title AS instrument, min(m.unit) AS unit, min(m.number) AS number, c.documents
FROM counted c
JOIN instruments i ON i.id = c.instrument_id
JOIN cited_clauses m ON m.instrument_id = c.instrument_id AND m.eid = c.eid AND m.revision_id = c.example
GROUP BY c.instrument_id, c.eid
ORDER BY c.documents DESC, i.title, c.eid
