-- نام‌هایی که بر شاهد ضعیف پذیرفته شده‌اند، برای بازبینی
SELECT g.name, m.rule, m.surface, m.section, m.start, r.title, d.url, d.id AS document_id
FROM mentioned_messengers m
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = d.revision_id
JOIN messengers g ON g.id = m.messenger_id
WHERE m.rule IN ('preposition', 'subject', 'one_sense')
ORDER BY d.id DESC, m.n
LIMIT 500
