SELECT d.id AS document_id, r.number AS revision, r.captured_at, d.url
FROM current_laws t
JOIN revisions r ON r.id = t.revision_id
JOIN documents d ON d.id = r.document_id
WHERE t.instrument_id = :id
