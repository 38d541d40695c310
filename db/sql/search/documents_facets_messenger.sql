SELECT g.slug, g.name, count(*) AS n
FROM json_each(:found) f
CROSS JOIN document_messengers m ON m.document_id = f.value
JOIN messengers g ON g.id = m.messenger_id
GROUP BY g.id
ORDER BY n DESC, g.slug
LIMIT :limit
