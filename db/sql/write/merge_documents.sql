SELECT d.id, p.slug, d.url, d.first_seen_at, d.last_seen_at, d.gone_at
FROM documents d
JOIN publishers p ON p.id = d.publisher_id
ORDER BY d.id
