INSERT INTO captures (
  id, document_id, publisher_id, blob_id, named_publisher, url, final_url, status, fetched_at, stored_at, headers,
  request_headers, repeats_id
)
SELECT :id, document_id, publisher_id, blob_id, named_publisher, url, final_url, status, :at, :now, headers, request_headers,
  coalesce(repeats_id, id)
FROM captures
WHERE id = :source
