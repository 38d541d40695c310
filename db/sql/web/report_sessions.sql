SELECT b.name AS body, m.number, min(m.held_on) AS held_on, count(DISTINCT d.id) AS documents
FROM mentioned_sessions m
JOIN documents d ON d.revision_id = m.revision_id
JOIN bodies b ON b.id = m.body_id
WHERE m.number IS NOT NULL
GROUP BY b.id, m.number
ORDER BY documents DESC, b.name, m.number
LIMIT 50
