SELECT b.name AS body, m.number, min(nullif(m.held_on, '')) AS held_on, sum(m.is_first) AS documents
FROM document_sessions m
JOIN bodies b ON b.id = m.body_id
WHERE m.number > 0
GROUP BY m.body_id, m.number
ORDER BY documents DESC, b.name, m.number
LIMIT 50
