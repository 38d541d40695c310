-- کدام بند را چند رسانه بازتاب داده‌اند؟
WITH cited AS (
  SELECT m.instrument_id, m.eid, d.publisher_id, count(*) AS documents
  FROM (SELECT DISTINCT instrument_id, eid, revision_id FROM cited_clauses WHERE instrument_id IS NOT NULL) m
  JOIN documents d ON d.revision_id = m.revision_id
  GROUP BY m.instrument_id, m.eid, d.publisher_id
)
SELECT i.title AS instrument, c.eid, count(*) AS publishers, sum(c.documents) AS documents, group_concat(p.slug, '، ') AS who
FROM cited c
JOIN instruments i ON i.id = c.instrument_id
JOIN publishers p ON p.id = c.publisher_id
GROUP BY c.instrument_id, c.eid
ORDER BY publishers DESC, documents DESC, i.title, c.eid
