SELECT title_folded FROM instruments WHERE id = :instrument
UNION SELECT t.title_folded FROM law_titles t JOIN laws l ON l.revision_id = t.revision_id WHERE l.instrument_id = :instrument
