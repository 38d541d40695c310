-- کدام بند را چند رسانه بازتاب داده‌اند؟
-- Only where the archive has the text are there other names of a clause, and a law that could cite itself.
WITH counted AS MATERIALIZED (
  SELECT instrument_id, eid, publisher_id, count(*) AS documents
  FROM document_clauses
  WHERE instrument_id NOT IN (SELECT instrument_id FROM laws)
  GROUP BY instrument_id, eid, publisher_id
  UNION ALL
  SELECT m.instrument_id, coalesce(n.clause_eid, m.eid) AS cited, m.publisher_id, count(DISTINCT m.document_id)
  FROM document_clauses m
  JOIN documents d ON d.id = m.document_id
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE m.instrument_id IN (SELECT instrument_id FROM laws)
    AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = d.revision_id AND s.instrument_id = m.instrument_id)
  GROUP BY m.instrument_id, cited, m.publisher_id
), cited AS (
  SELECT instrument_id, eid, sum(documents) AS documents, json_group_array(publisher_id) AS who
  FROM counted
  GROUP BY instrument_id, eid
)
SELECT i.title AS instrument, c.eid, json_array_length(c.who) AS publishers, c.documents,
  (SELECT group_concat(slug, '، ') FROM (
    SELECT p.slug FROM json_each(c.who) w JOIN publishers p ON p.id = w.value ORDER BY p.id
  )) AS who
FROM cited c JOIN instruments i ON i.id = c.instrument_id
ORDER BY publishers DESC, c.documents DESC, i.title, c.eid
