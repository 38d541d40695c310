SELECT i.id, i.item, i.found_at, i.document_id, i.content, w.added_at
FROM watch_items i JOIN watches w ON w.id = i.watch_id
WHERE w.name = :name AND i.content IS NOT NULL
ORDER BY i.id DESC LIMIT :limit
