SELECT m.section, m.start, m."end", m.surface, m.instrument_id, i.title, i.kind, b.name AS body, m.rule, m.certain
FROM documents d
JOIN mentioned_instruments m ON m.revision_id = d.revision_id
JOIN instruments i ON i.id = m.instrument_id
LEFT JOIN bodies b ON b.id = i.body_id
WHERE d.id = ?
ORDER BY instr('kicker title lead body', section), start
