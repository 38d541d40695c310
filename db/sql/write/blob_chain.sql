WITH RECURSIVE chain (id, base_id, data, bytes, sha256, depth, dictionary_id) AS (
  SELECT id, base_id, data, bytes, sha256, depth, dictionary_id FROM blobs WHERE id = ?
  UNION ALL
  SELECT b.id, b.base_id, b.data, b.bytes, b.sha256, b.depth, b.dictionary_id
  FROM blobs b
  JOIN chain ON b.id = chain.base_id AND b.depth < chain.depth
)
SELECT data, bytes, sha256, dictionary_id FROM chain ORDER BY depth
