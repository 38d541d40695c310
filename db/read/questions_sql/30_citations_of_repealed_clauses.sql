-- کدام سندها پس از نسخ یا لغو یک بند هنوز به آن استناد کرده‌اند؟
WITH gone AS (
  SELECT t.instrument_id, k.eid, k.changed_on AS since
  FROM current_laws t JOIN law_clauses k ON k.revision_id = t.revision_id
  WHERE k.status = 'repealed'
  UNION
  SELECT m.instrument_id, coalesce(n.clause_eid, m.eid), m.happened_on
  FROM law_relations m
  JOIN documents d ON d.revision_id = m.revision_id
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE m.relation IN ('repeals', 'cancels') AND m.eid IS NOT NULL
)
SELECT r.published_on, r.title, m.surface, i.title AS instrument, g.eid, min(g.since) AS repealed_on, d.url
FROM gone g
CROSS JOIN cited_clauses m ON m.instrument_id = g.instrument_id
LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = d.revision_id
JOIN instruments i ON i.id = g.instrument_id
WHERE coalesce(n.clause_eid, m.eid) = g.eid
  AND (g.since IS NULL OR r.published_on IS NULL OR r.published_on >= g.since)
  AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id)
GROUP BY m.revision_id, m.n, g.eid
ORDER BY r.published_on, d.id, m.n
