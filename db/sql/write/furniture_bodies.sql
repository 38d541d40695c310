SELECT r.body FROM documents d JOIN revisions r ON r.id = d.revision_id
WHERE d.publisher_id = :publisher AND d.kind = 'article' AND r.body <> ''
ORDER BY d.id DESC LIMIT :limit
