SELECT g.slug, g.name, x.documents
FROM (SELECT o.value AS messenger_id, sum(s.documents) AS documents
    FROM (SELECT messengers, sum(documents) AS documents FROM messenger_sets GROUP BY messengers) s,
      json_each(s.messengers) e, json_each(s.messengers) o
    WHERE e.value = :id AND o.value <> :id
    GROUP BY o.value) x
JOIN messengers g ON g.id = x.messenger_id
ORDER BY x.documents DESC, g.slug
LIMIT 15
