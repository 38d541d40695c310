-- کدام سندها به یک بند مشخص استناد کرده‌اند؟
-- :uri = /ir/scc/res/1396/messengers
-- :eid = cl_11
-- The clause under its own name and under those that can mean no other; what a law says of itself is not counted.
WITH law AS (SELECT id FROM instruments WHERE uri = :uri),
clause AS (
  SELECT law.id AS instrument_id, coalesce(n.clause_eid, :eid) AS eid
  FROM law LEFT JOIN clause_names n ON n.instrument_id = law.id AND n.eid = :eid
), names AS (
  SELECT instrument_id, eid FROM clause
  UNION
  SELECT n.instrument_id, n.eid FROM clause c JOIN clause_names n ON n.instrument_id = c.instrument_id AND n.clause_eid = c.eid
)
SELECT r.published_jalali, r.title, m.surface,
  substr(CASE m.section WHEN 'kicker' THEN r.kicker WHEN 'title' THEN r.title WHEN 'lead' THEN r.lead ELSE r.body END,
    m.snippet_start + 1, m.snippet_end - m.snippet_start) AS snippet, d.url, d.id AS document_id
FROM names k
CROSS JOIN cited_clauses m ON m.instrument_id = k.instrument_id AND m.eid = k.eid
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = d.revision_id
WHERE NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
ORDER BY d.published_on, d.id, m.n
