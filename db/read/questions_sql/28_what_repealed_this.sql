-- چه چیزی این متن یا بندهایش را نسخ، لغو، اصلاح یا تکمیل کرد؟
-- :uri = /ir/scc/res/1396/messengers
WITH law AS (SELECT id FROM instruments WHERE uri = :uri)
SELECT v.relation, v.changed_eid AS eid, v.happened_on, v.title, v.source_eid, v.url
FROM law JOIN law_changes v ON v.changed_id = law.id
UNION
SELECT CASE k.status WHEN 'amended' THEN 'amends' WHEN 'inserted' THEN 'inserts' ELSE 'repeals' END, k.eid, k.changed_on, NULL, NULL, d.url
FROM law
JOIN current_laws t ON t.instrument_id = law.id
JOIN law_clauses k ON k.revision_id = t.revision_id
JOIN revisions r ON r.id = t.revision_id
JOIN documents d ON d.id = r.document_id
WHERE k.status != 'in_force'
  AND NOT EXISTS (SELECT 1 FROM law_changes v WHERE v.changed_id = law.id AND v.changed_eid = k.eid)
ORDER BY 3, 2, 1
