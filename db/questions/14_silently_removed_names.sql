-- کدام نام‌ها از متن خبر بی‌سروصدا حذف شده‌اند؟
WITH changed AS MATERIALIZED (
  SELECT n.id AS revision_id, r.id AS before_id, n.document_id, n.number, n.captured_at, r.title
  FROM documents d
  JOIN revisions n ON n.document_id = d.id AND n.number > 1
  JOIN revisions r ON r.document_id = n.document_id AND r.number = n.number - 1
  WHERE d.revisions > 1
)
SELECT d.url, c.title, g.name AS messenger, c.number - 1 AS had, c.number AS lost, c.captured_at
FROM changed c
JOIN mentioned_messengers m ON m.revision_id = c.before_id
JOIN messengers g ON g.id = m.messenger_id
JOIN documents d ON d.id = c.document_id
WHERE NOT EXISTS (SELECT 1 FROM mentioned_messengers k WHERE k.revision_id = c.revision_id AND k.messenger_id = m.messenger_id)
GROUP BY c.revision_id, m.messenger_id
ORDER BY c.captured_at, d.id, g.slug
