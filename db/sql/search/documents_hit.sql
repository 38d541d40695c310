SELECT p.slug, d.url, r.title, r.lead, r.body, r.published_jalali
FROM documents d
JOIN revisions r ON r.id = d.revision_id
JOIN publishers p ON p.id = d.publisher_id
WHERE d.id = ?
