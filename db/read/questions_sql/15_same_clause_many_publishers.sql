-- کدام بند را چند رسانه بازتاب داده‌اند؟
-- Only where the archive has the text are there other names of a clause, and a law that could cite itself.
WITH cited AS (
  SELECT m.instrument_id, m.eid, count(DISTINCT d.revision_id) AS documents, json_group_array(DISTINCT d.publisher_id) AS who
  FROM cited_clauses m CROSS JOIN documents d ON d.revision_id = m.revision_id
  WHERE m.instrument_id IS NOT NULL AND m.instrument_id NOT IN (SELECT instrument_id FROM laws)
  GROUP BY m.instrument_id, m.eid
  UNION ALL
  SELECT m.instrument_id, coalesce(n.clause_eid, m.eid), count(DISTINCT d.revision_id), json_group_array(DISTINCT d.publisher_id)
  FROM cited_clauses m
  JOIN documents d ON d.revision_id = m.revision_id
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE m.instrument_id IN (SELECT instrument_id FROM laws)
    AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
  GROUP BY m.instrument_id, coalesce(n.clause_eid, m.eid)
)
SELECT i.title AS instrument, c.eid, json_array_length(c.who) AS publishers, c.documents,
  (SELECT group_concat(slug, '، ') FROM (
    SELECT p.slug FROM json_each(c.who) w JOIN publishers p ON p.id = w.value ORDER BY p.id
  )) AS who
FROM cited c JOIN instruments i ON i.id = c.instrument_id
ORDER BY publishers DESC, c.documents DESC, i.title, c.eid
