UPDATE frontier_urls
SET document_id = (
  SELECT u.document_id FROM document_urls u
  JOIN publishers p ON p.id = u.publisher_id
  WHERE p.slug = frontier_urls.publisher AND u.url = frontier_urls.url
)
WHERE document_id IS NULL AND state = 'done'
