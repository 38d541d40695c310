SELECT count(*) FROM documents d
WHERE d.revisions <> (SELECT count(*) FROM revisions r WHERE r.document_id = d.id)
