SELECT i.id, w.name, d.target, w.digest, i.found_at, i.document_id, i.content
FROM watch_deliveries d JOIN watch_items i ON i.id = d.item_id JOIN watches w ON w.id = i.watch_id
WHERE d.state <> 'sent' AND i.content IS NOT NULL
ORDER BY i.id, d.target
