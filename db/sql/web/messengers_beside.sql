SELECT g.slug, g.name, x.documents
FROM (SELECT o.messenger_id, count(*) AS documents FROM document_messengers m
    JOIN document_messengers o ON o.document_id = m.document_id
    AND o.messenger_id <> m.messenger_id WHERE m.messenger_id = :id GROUP BY o.messenger_id) x
JOIN messengers g ON g.id = x.messenger_id
ORDER BY x.documents DESC, g.slug
LIMIT 15
