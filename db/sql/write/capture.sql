SELECT c.blob_id, c.url, c.headers, c.fetched_at, iif(c.named_publisher, p.slug, NULL), c.status, c.final_url,
  c.request_headers
FROM captures c
JOIN publishers p ON p.id = c.publisher_id
WHERE c.id = ?
