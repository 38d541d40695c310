-- نخستین خبر هر جلسه چند روز پس از آن منتشر شده است؟
SELECT b.name AS body, m.number, m.held_on, min(d.published_on) AS first_report,
  CAST(julianday(min(d.published_on)) - julianday(m.held_on) AS INTEGER) AS days
FROM mentioned_sessions m
JOIN documents d ON d.revision_id = m.revision_id
JOIN bodies b ON b.id = m.body_id
WHERE m.held_on IS NOT NULL AND d.published_on >= m.held_on
GROUP BY m.body_id, m.number, m.held_on
ORDER BY m.held_on, b.name, m.number
