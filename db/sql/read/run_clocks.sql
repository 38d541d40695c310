SELECT id, CASE WHEN julianday(started_at) < julianday(:first) THEN started_at END, clock_step, clock_gap, clock_off
FROM runs
ORDER BY id DESC
LIMIT :limit
