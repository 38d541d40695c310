SELECT count(*) FROM documents d
WHERE d.revision_id IS NOT (SELECT r.id FROM revisions r WHERE r.document_id = d.id ORDER BY r.number DESC LIMIT 1)
