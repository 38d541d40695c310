SELECT w.name, w.query, w.digest, w.targets AS "to", w.added_at,
  (SELECT count(*) FROM watch_items i WHERE i.watch_id = w.id AND i.content IS NOT NULL) AS found,
  (SELECT count(*) FROM watch_items i JOIN watch_deliveries d ON d.item_id = i.id
    WHERE i.watch_id = w.id AND d.state <> 'sent') AS waiting,
  (SELECT max(found_at) FROM watch_items i WHERE i.watch_id = w.id AND i.content IS NOT NULL) AS last_found_at,
  coalesce(w.trouble, (SELECT max(d.trouble) FROM watch_items i JOIN watch_deliveries d ON d.item_id = i.id
    WHERE i.watch_id = w.id AND d.state <> 'sent')) AS trouble
FROM watches w ORDER BY w.name
