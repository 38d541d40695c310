SELECT 'runs' AS what, count(*), max(started_at) FROM runs WHERE julianday(started_at) > julianday(:limit)
UNION ALL
SELECT 'documents', count(*), max(last_seen_at) FROM documents WHERE julianday(last_seen_at) > julianday(:limit)
UNION ALL
SELECT 'addresses', count(*), max(asked_at) FROM frontier_urls WHERE asked_at > :limit
UNION ALL
SELECT 'pages that are gone', count(*), max(gone_at) FROM documents WHERE julianday(gone_at) > julianday(:limit)
