SELECT g.slug, g.name, count(DISTINCT m.revision_id) AS n
FROM found f
JOIN mentioned_messengers m ON m.revision_id = f.revision_id
JOIN messengers g ON g.id = m.messenger_id
GROUP BY g.id
ORDER BY n DESC, g.slug
