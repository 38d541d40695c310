UPDATE instruments
SET body_id = coalesce(body_id, :body), kind = coalesce(kind, :kind), year = coalesce(year, :year)
WHERE id = :id
  AND ((body_id IS NULL AND :body IS NOT NULL) OR (kind IS NULL AND :kind IS NOT NULL) OR (year IS NULL AND :year IS NOT NULL))
