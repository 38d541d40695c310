SELECT p.slug, coalesce(p.name, p.slug), count(*) AS n
FROM json_each(:found) f
CROSS JOIN documents d ON d.id = f.value
JOIN publishers p ON p.id = d.publisher_id
GROUP BY p.id
ORDER BY n DESC, p.slug
LIMIT :limit
