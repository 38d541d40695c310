-- جلسه‌هایی که فقط با تاریخ شناخته می‌شوند
SELECT b.name AS body, m.held_on, count(DISTINCT d.id) AS documents
FROM mentioned_sessions m
JOIN documents d ON d.revision_id = m.revision_id
LEFT JOIN bodies b ON b.id = m.body_id
WHERE m.number IS NULL AND m.held_on IS NOT NULL
GROUP BY m.body_id, m.held_on
ORDER BY m.held_on, b.name
