SELECT d.id AS document_id, p.slug AS publisher, coalesce(p.name, p.slug) AS publisher_name, r.title,
    d.published_on, d.jalali_month, d.url
FROM document_instruments x
JOIN documents d ON d.id = x.document_id
JOIN revisions r ON r.id = d.revision_id
JOIN publishers p ON p.id = d.publisher_id
WHERE x.instrument_id = :id
  AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = d.revision_id AND s.instrument_id = :id)
ORDER BY coalesce(d.published_on, substr(d.first_seen_at, 1, 10)) DESC, d.id DESC
LIMIT 1000
