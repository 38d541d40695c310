SELECT c.id
FROM captures c
LEFT JOIN revisions r ON r.capture_id = c.id
ORDER BY c.document_id IS NULL, c.document_id, julianday(coalesce(r.captured_at, c.fetched_at, c.stored_at)), c.id
