SELECT command, max(started_at), max(CASE WHEN status = 'done' THEN finished_at END), sum(status = 'done'), sum(status = 'failed'),
  sum(status = 'interrupted')
FROM runs GROUP BY command ORDER BY command
