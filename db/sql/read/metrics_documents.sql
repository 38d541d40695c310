SELECT p.slug, d.kind, count(*), max(d.published_on), max(d.first_seen_at)
FROM documents d JOIN publishers p ON p.id = d.publisher_id GROUP BY p.id, d.kind ORDER BY p.slug, d.kind
