SELECT count(*) FROM documents d
WHERE d.revision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM search_docsize s WHERE s.id = d.id)
