SELECT c.fetched_at, c.stored_at, c.id, c.text_hash
FROM captures c
WHERE c.document_id = ? AND c.text_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.capture_id = c.id)
