SELECT d.id, p.slug AS publisher, coalesce(p.name, p.slug) AS publisher_name, d.url, r.title, r.published_on, r.published_at,
  r.kicker, r.lead, r.body
FROM documents d JOIN revisions r ON r.id = d.revision_id JOIN publishers p ON p.id = d.publisher_id
WHERE d.id = :document
