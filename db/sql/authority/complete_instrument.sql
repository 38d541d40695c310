UPDATE instruments
SET body_id = coalesce(body_id, :body), kind = coalesce(kind, :kind)
WHERE id = :id
  AND ((body_id IS NULL AND :body IS NOT NULL) OR (kind IS NULL AND :kind IS NOT NULL))
