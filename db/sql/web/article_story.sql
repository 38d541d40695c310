SELECT d.id AS document_id, coalesce(p.name, p.slug) AS publisher, r.title, d.published_on, o.similarity,
    o.document_id = o.first_document_id AS first
FROM story_documents s
JOIN story_documents o ON o.story_id = s.story_id
JOIN documents d ON d.id = o.document_id
JOIN revisions r ON r.id = d.revision_id
JOIN publishers p ON p.id = d.publisher_id
WHERE s.document_id = :id
  AND o.document_id <> :id
ORDER BY r.published_at, d.id
LIMIT 50
