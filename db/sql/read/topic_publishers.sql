SELECT p.slug AS publisher, coalesce(p.name, p.slug) AS name, count(*) AS documents,
  (SELECT count(*) FROM documents a WHERE a.publisher_id = p.id) AS "of",
  round(1.0 * count(*) / (SELECT count(*) FROM documents a WHERE a.publisher_id = p.id), 2) AS share,
  min(d.published_on) AS first_on, max(d.published_on) AS last_on
FROM documents d JOIN publishers p ON p.id = d.publisher_id
WHERE d.id IN (SELECT value FROM json_each(:documents))
GROUP BY p.id ORDER BY documents DESC, share DESC, p.slug LIMIT :limit
