SELECT r.kicker, r.title, r.lead, r.body
FROM documents d
JOIN revisions r ON r.id = d.revision_id
WHERE d.id = ?
