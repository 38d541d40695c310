WITH named AS (SELECT messenger_id, count(*) AS documents, sum(mentions) AS mentions
    FROM document_messengers GROUP BY messenger_id)
SELECT g.slug, g.name, g.name_latin, g.kind, g.domestic, g.operator, coalesce(n.documents, 0) AS documents,
    coalesce(n.mentions, 0) AS mentions
FROM messengers g
LEFT JOIN named n ON n.messenger_id = g.id
ORDER BY documents DESC, g.slug
