SELECT d.id, 'document ' || p.slug || ' ' || d.url AS item
FROM documents d JOIN publishers p ON p.id = d.publisher_id
WHERE d.id IN (SELECT value FROM json_each(:documents))
  AND NOT EXISTS (
    SELECT 1 FROM watch_items w WHERE w.watch_id = :watch AND w.item = 'document ' || p.slug || ' ' || d.url
  )
ORDER BY d.id
