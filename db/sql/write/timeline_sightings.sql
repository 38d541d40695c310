SELECT s.seen_at, s.capture_id, coalesce(r.text_hash, c.text_hash)
FROM sightings s
JOIN captures c ON c.id = s.capture_id
LEFT JOIN revisions r ON r.capture_id = s.capture_id
WHERE s.document_id = ? AND coalesce(r.text_hash, c.text_hash) IS NOT NULL
