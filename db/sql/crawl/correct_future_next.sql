UPDATE frontier_urls
SET next_at = :due, discovered_at = min(discovered_at, :now)
WHERE publisher = :publisher AND next_at > strftime('%Y-%m-%dT%H:%M:%fZ', :now, '+' || max(
  90 * 86400, coalesce((SELECT recheck FROM frontier_publishers p WHERE p.publisher = :publisher), 0)) || ' seconds', '+1 hour')
  OR publisher = :publisher AND next_at > :now AND (state = 'new' OR state = 'failed' AND next_at = asked_at)
