SELECT m.section, m.start, m."end", m.surface, m.date_from, m.date_to, m.precision, m.calendar, m.valid, m.time, m.rule, m.certain
FROM documents d
JOIN mentioned_dates m ON m.revision_id = d.revision_id
WHERE d.id = ?
ORDER BY instr('kicker title lead body', section), start
