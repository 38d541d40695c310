SELECT r.damage, r.cms, l.instrument_id, coalesce(a.name, r.agency) AS agency
FROM documents d
JOIN revisions r ON r.id = d.revision_id
LEFT JOIN agencies a ON a.slug = r.agency
LEFT JOIN laws l ON l.revision_id = r.id
WHERE d.id = :id
