SELECT m.section, m.start, m."end", m.surface, a.slug, a.name, m.rule, m.certain
FROM documents d
JOIN mentioned_agencies m ON m.revision_id = d.revision_id
JOIN agencies a ON a.id = m.agency_id
WHERE d.id = ?
ORDER BY instr('kicker title lead body', section), start
