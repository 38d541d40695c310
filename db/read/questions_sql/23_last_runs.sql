-- آخرین اجراها درست کار کردند؟ اگر نه، چرا؟
SELECT l.run_id, l.command, l.started_at, l.status, l.fetched, l.inserted, l.updated, l.failed,
  (SELECT group_concat(code || ' × ' || n, '، ') FROM (
    SELECT code, count(*) AS n FROM issues WHERE run_id = l.run_id AND level <> 'info' GROUP BY code ORDER BY n DESC, code
  )) AS reasons
FROM run_log l
ORDER BY l.run_id DESC
LIMIT 5
