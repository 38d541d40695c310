SELECT r.captured_at, r.text_hash, r.capture_id, c.repeats_id IS NULL
FROM revisions r
JOIN captures c ON c.id = r.capture_id
WHERE r.document_id = :id
UNION ALL
SELECT s.seen_at, coalesce(r.text_hash, c.text_hash), s.capture_id, 0
FROM sightings s
JOIN captures c ON c.id = s.capture_id
LEFT JOIN revisions r ON r.capture_id = s.capture_id
WHERE s.document_id = :id AND coalesce(r.text_hash, c.text_hash) IS NOT NULL
UNION ALL
SELECT coalesce(c.fetched_at, c.stored_at), c.text_hash, c.id, 0
FROM captures c
WHERE c.document_id = :id AND c.text_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.capture_id = c.id)
