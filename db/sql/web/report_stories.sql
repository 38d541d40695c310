SELECT s.story_id, r.title, p.slug AS publisher, d.published_on, d.url, (SELECT count(*)
    FROM story_documents o WHERE o.story_id = s.story_id) AS documents
FROM story_documents s
JOIN documents d ON d.id = s.document_id
JOIN revisions r ON r.id = d.revision_id
JOIN publishers p ON p.id = d.publisher_id
WHERE s.document_id = s.first_document_id
ORDER BY documents DESC, d.published_on DESC, s.story_id
LIMIT 50
