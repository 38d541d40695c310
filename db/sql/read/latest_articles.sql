SELECT d.published_on, r.title, length(coalesce(r.lead, '')) + length(r.body)
FROM documents d JOIN revisions r ON r.id = d.revision_id
WHERE d.publisher_id = (SELECT id FROM publishers WHERE slug = :publisher) AND d.kind = 'article'
ORDER BY d.id DESC LIMIT :limit
