-- کدام سندها به یک بند مشخص استناد کرده‌اند؟
-- :uri = /ir/scc/res/1396/messengers
-- :eid = cl_11
SELECT r.published_jalali, r.title, m.surface, d.url, d.id AS document_id
FROM instruments i
JOIN cited_clauses m ON m.instrument_id = i.id AND m.eid = :eid
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = d.revision_id
WHERE i.uri = :uri
ORDER BY d.published_on, d.id, m.n
