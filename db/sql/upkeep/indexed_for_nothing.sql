SELECT count(*) FROM search_docsize s
WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = s.id)
