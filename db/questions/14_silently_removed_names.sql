-- کدام نام‌ها از متن خبر بی‌سروصدا حذف شده‌اند؟
SELECT d.url, r.title, g.name AS messenger, r.number AS had, n.number AS lost, n.captured_at
FROM revisions n
JOIN revisions r ON r.document_id = n.document_id AND r.number = n.number - 1
JOIN mentioned_messengers m ON m.revision_id = r.id
JOIN messengers g ON g.id = m.messenger_id
JOIN documents d ON d.id = n.document_id
WHERE n.number > 1
  AND NOT EXISTS (SELECT 1 FROM mentioned_messengers k WHERE k.revision_id = n.id AND k.messenger_id = m.messenger_id)
GROUP BY n.id, m.messenger_id
ORDER BY n.captured_at, d.id, g.slug
