-- Laws with a text that some revision of a document changes, or has a version of.
SELECT m.instrument_id FROM revisions r
CROSS JOIN law_relations m ON m.revision_id = r.id
JOIN current_laws t ON t.instrument_id = m.instrument_id
WHERE r.document_id = :document
UNION
SELECT v.instrument_id FROM revisions r
CROSS JOIN clause_versions v ON v.by_revision_id = r.id
WHERE r.document_id = :document
