CREATE VIEW captures_list AS -- Pages as fetched; every revision has its row.
SELECT c.id AS capture_id, -- number of the capture
  c.document_id, -- the document it gave; NULL: none
  p.slug AS publisher, -- whose page
  c.url, -- address asked for
  c.status, -- HTTP status
  coalesce(c.fetched_at, c.stored_at) AS fetched_at, -- ISO 8601 with offset
  b.bytes -- their number, unpacked
FROM captures c
JOIN publishers p ON p.id = c.publisher_id
JOIN blobs b ON b.id = c.blob_id
