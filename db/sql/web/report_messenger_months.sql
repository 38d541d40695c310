SELECT g.slug AS messenger, g.name, m.jalali_month AS month, count(*) AS documents,
    count(DISTINCT coalesce(s.story_id, m.document_id)) AS stories, sum(m.mentions) AS mentions
FROM document_messengers m
JOIN messengers g ON g.id = m.messenger_id
LEFT JOIN story_documents s ON s.document_id = m.document_id
WHERE m.jalali_month <> ''
GROUP BY g.id, month
ORDER BY month, g.slug
