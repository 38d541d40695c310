SELECT g.slug, g.name, n.documents
FROM (SELECT e.value AS messenger_id, sum(s.documents) AS documents
    FROM (SELECT messengers, sum(documents) AS documents FROM messenger_sets GROUP BY messengers) s, json_each(s.messengers) e
    GROUP BY e.value) n
JOIN messengers g ON g.id = n.messenger_id
ORDER BY n.documents DESC, g.slug
LIMIT 12
