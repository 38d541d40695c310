SELECT m.section, m.start, m."end", m.surface, m.number, m.held_on, m.body_id, b.name AS body, m.rule, m.certain
FROM documents d
JOIN mentioned_sessions m ON m.revision_id = d.revision_id
LEFT JOIN bodies b ON b.id = m.body_id
WHERE d.id = :id
ORDER BY m.n
