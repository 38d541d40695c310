SELECT captured_at, capture_id, text_hash, id, number
FROM revisions
WHERE document_id = ?
