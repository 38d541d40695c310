SELECT r.body FROM current_laws t JOIN revisions r ON r.id = t.revision_id WHERE t.instrument_id = ?
