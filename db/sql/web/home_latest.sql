SELECT d.id AS document_id, p.name AS publisher_name, p.slug AS publisher, r.title, d.published_on, d.kind
FROM documents d
JOIN revisions r ON r.id = d.revision_id
JOIN publishers p ON p.id = d.publisher_id
ORDER BY d.published_on DESC, d.id DESC
LIMIT 12
