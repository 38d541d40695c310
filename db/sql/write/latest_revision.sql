SELECT r.text_hash, r.kicker, r.title, r.lead, r.body, r.capture_id, d.revisions, d.last_seen_at
FROM documents d
JOIN revisions r ON r.id = d.revision_id
WHERE d.id = ?
