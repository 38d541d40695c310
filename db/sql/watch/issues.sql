SELECT o.publisher, o.code, o.level, o.example_url AS url, o.last_seen_at,
  (SELECT i.message FROM issues i JOIN publishers p ON p.id = i.publisher_id
    WHERE p.slug = o.publisher AND i.code = o.code AND i.closed_run_id IS NULL ORDER BY i.id DESC LIMIT 1) AS message
FROM open_issues o
WHERE o.level <> 'info' AND (:publisher = '' OR o.publisher = :publisher)
ORDER BY o.publisher, o.code
