SELECT document_id, minhash
FROM story_prints
WHERE document_id IN (
  SELECT o.document_id
  FROM story_bands m
  CROSS JOIN (VALUES (-3), (-2), (-1), (0), (1), (2), (3)) AS later
  CROSS JOIN story_bands o ON o.day = m.day + later.column1 AND o.band = m.band AND o.publisher_id <> m.publisher_id
  WHERE m.document_id = ?
)
