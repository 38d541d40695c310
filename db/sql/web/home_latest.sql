-- A document without a day stands where it was first seen. The two halves are read from one index each.
SELECT d.id AS document_id, p.name AS publisher_name, p.slug AS publisher, r.title, d.published_on, d.kind
FROM (
  SELECT * FROM (
    SELECT id, published_on AS day
    FROM documents
    WHERE published_on IS NOT NULL
    ORDER BY published_on DESC, id DESC
    LIMIT 12
  )
  UNION ALL
  SELECT * FROM (
    SELECT id, substr(first_seen_at, 1, 10) AS day
    FROM documents
    WHERE published_on IS NULL
    ORDER BY id DESC
    LIMIT 12
  )
) latest
JOIN documents d ON d.id = latest.id
JOIN revisions r ON r.id = d.revision_id
JOIN publishers p ON p.id = d.publisher_id
ORDER BY latest.day DESC, d.id DESC
LIMIT 12
