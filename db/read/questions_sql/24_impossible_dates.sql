-- تاریخ‌های ناممکنی که چاپ شده‌اند
SELECT m.surface, m.calendar, r.title, d.url
FROM mentioned_dates m
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = d.revision_id
WHERE m.valid = 0
ORDER BY d.id, m.n
