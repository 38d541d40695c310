SELECT d.id, s.sz, r.kicker, r.title, r.lead, r.body
FROM documents d
JOIN revisions r ON r.id = d.revision_id
JOIN search_docsize s ON s.id = d.id
WHERE d.id > ?
ORDER BY d.id
LIMIT ?
