UPDATE frontier_urls
SET asked_at = :now, next_at = CASE WHEN state = 'done' AND NOT is_main THEN NULL ELSE :due END,
  discovered_at = min(discovered_at, :now)
WHERE publisher = :publisher AND state IN ('new', 'done', 'failed', 'gap') AND asked_at > :limit
