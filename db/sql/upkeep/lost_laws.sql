SELECT count(*) FROM current_laws t
WHERE NOT EXISTS (SELECT 1 FROM laws l WHERE l.revision_id = t.revision_id)
