WITH RECURSIVE chain (id, base_id, data, bytes, sha256, depth) AS (
  SELECT id, base_id, data, bytes, sha256, depth FROM blobs WHERE id = ?
  UNION ALL
  SELECT b.id, b.base_id, b.data, b.bytes, b.sha256, b.depth FROM blobs b JOIN chain ON b.id = chain.base_id AND b.depth < chain.depth
)
SELECT data, bytes, sha256, NULL FROM chain ORDER BY depth
