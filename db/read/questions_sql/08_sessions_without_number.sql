-- جلسه‌هایی که فقط با تاریخ شناخته می‌شوند
-- A meeting whose number some other document tells is not one of them.
SELECT b.name AS body, m.held_on, count(DISTINCT d.id) AS documents
FROM mentioned_sessions m
JOIN documents d ON d.revision_id = m.revision_id
LEFT JOIN bodies b ON b.id = m.body_id
WHERE m.number IS NULL AND m.held_on IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM mentioned_sessions k JOIN documents o ON o.revision_id = k.revision_id
  WHERE k.body_id = m.body_id AND k.number IS NOT NULL AND k.held_on = m.held_on
)
GROUP BY m.body_id, m.held_on
ORDER BY m.held_on, b.name
