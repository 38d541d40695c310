-- نخستین خبر هر جلسه چند روز پس از آن منتشر شده است؟
-- The day of a meeting may be told by one document, and the first report of it be another that tells its number alone.
WITH told AS MATERIALIZED (
  SELECT DISTINCT body_id, number, held_on FROM document_sessions WHERE held_on <> ''
), reported AS (
  SELECT t.body_id, nullif(t.number, 0) AS number, t.held_on, (
    SELECT min(m.published_on)  -- some announced it: the first on its day or after
    FROM document_sessions m
    WHERE m.body_id = t.body_id AND m.number = t.number AND m.published_on >= t.held_on
      AND (t.number > 0 OR m.held_on = t.held_on)
  ) AS first_report
  FROM told t
)
SELECT b.name AS body, r.number, r.held_on, r.first_report,
  CAST(julianday(r.first_report) - julianday(r.held_on) AS INTEGER) AS days
FROM reported r JOIN bodies b ON b.id = r.body_id
WHERE r.first_report IS NOT NULL
ORDER BY r.held_on, b.name, r.number
