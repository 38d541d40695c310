-- همهٔ خبرهای یک جلسهٔ مشخص
-- :body = شورای عالی فضای مجازی
-- :number = 36
SELECT r.published_jalali, r.title, m.held_on, m.surface, d.url, d.id AS document_id
FROM bodies b
JOIN mentioned_sessions m ON m.body_id = b.id AND m.number = CAST(:number AS INTEGER)
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = d.revision_id
WHERE b.name = :body
ORDER BY d.published_on, d.id, m.n
