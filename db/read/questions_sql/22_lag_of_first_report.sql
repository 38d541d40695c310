-- نخستین خبر هر جلسه چند روز پس از آن منتشر شده است؟
-- The day of a meeting may be told by one document, and the first report of it be another that tells its number alone.
WITH named AS MATERIALIZED (
  SELECT m.body_id, m.number, m.held_on, min(d.published_on) AS first_on,
    min(CASE WHEN d.published_on >= m.held_on THEN d.published_on END) AS first_after
  FROM mentioned_sessions m
  JOIN documents d ON d.revision_id = m.revision_id
  WHERE m.body_id IS NOT NULL
  GROUP BY m.body_id, m.number, m.held_on
), reported AS (
  SELECT t.body_id, t.number, t.held_on, min(CASE
    WHEN o.held_on = t.held_on THEN o.first_after
    WHEN o.first_on >= t.held_on THEN o.first_on
    ELSE (  -- some announced it: the first after its day
      SELECT min(d.published_on)
      FROM mentioned_sessions m JOIN documents d ON d.revision_id = m.revision_id
      WHERE m.body_id = o.body_id AND m.number = o.number AND m.held_on IS o.held_on AND d.published_on >= t.held_on
    ) END) AS first_report
  FROM named t
  JOIN named o ON o.body_id = t.body_id AND o.number IS t.number AND (t.number IS NOT NULL OR o.held_on = t.held_on)
  WHERE t.held_on IS NOT NULL
  GROUP BY t.body_id, t.number, t.held_on
)
SELECT b.name AS body, r.number, r.held_on, r.first_report,
  CAST(julianday(r.first_report) - julianday(r.held_on) AS INTEGER) AS days
FROM reported r JOIN bodies b ON b.id = r.body_id
WHERE r.first_report IS NOT NULL
ORDER BY r.held_on, b.name, r.number
