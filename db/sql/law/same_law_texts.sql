-- The texts of an instrument that other documents have now.
SELECT r.body FROM laws l JOIN documents d ON d.revision_id = l.revision_id JOIN revisions r ON r.id = l.revision_id
WHERE l.instrument_id = :instrument AND d.id != :document AND r.body IS NOT NULL
