-- The text of a revision, its document, and the instrument that it was a text of when it was parsed before.
SELECT r.body, r.document_id, (SELECT l.instrument_id FROM laws l WHERE l.revision_id = r.id) FROM revisions r WHERE r.id = ?
