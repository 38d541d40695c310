-- نخستین خبر هر جلسه چند روز پس از آن منتشر شده است؟
WITH reported AS (
  SELECT m.body_id, m.number, m.held_on, min(d.published_on) AS first_report
  FROM mentioned_sessions m
  JOIN documents d ON d.revision_id = m.revision_id
  WHERE m.held_on IS NOT NULL AND m.body_id IS NOT NULL AND d.published_on >= m.held_on
  GROUP BY m.body_id, m.number, m.held_on
)
SELECT b.name AS body, r.number, r.held_on, r.first_report,
  CAST(julianday(r.first_report) - julianday(r.held_on) AS INTEGER) AS days
FROM reported r JOIN bodies b ON b.id = r.body_id
ORDER BY r.held_on, b.name, r.number
