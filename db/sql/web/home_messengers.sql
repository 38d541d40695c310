SELECT g.slug, g.name, n.documents
FROM (SELECT messenger_id, count(*) AS documents FROM document_messengers GROUP BY messenger_id) n
JOIN messengers g ON g.id = n.messenger_id
ORDER BY n.documents DESC, g.slug
LIMIT 12
