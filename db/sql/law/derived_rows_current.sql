SELECT l.revision_id FROM laws l JOIN documents d ON d.revision_id = l.revision_id JOIN revisions r ON r.id = l.revision_id
WHERE l.instrument_id = ?
ORDER BY d.url LIKE 'urn:bayegan:edited:%' DESC, (SELECT count(*) FROM law_clauses c WHERE c.revision_id = l.revision_id) DESC, r.captured_at DESC, d.id LIMIT 1
