-- Days on which other laws changed a law, with the law that did: its URI and title.
SELECT DISTINCT v.valid_from, i.uri, i.title FROM clause_versions v
JOIN laws l ON l.revision_id = v.by_revision_id
JOIN instruments i ON i.id = l.instrument_id
WHERE v.instrument_id = ? AND v.by_n IS NOT NULL ORDER BY 1, 2
