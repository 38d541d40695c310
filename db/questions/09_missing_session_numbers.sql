-- میان جلسه‌های شورا، از کدام شماره‌ها خبری در بایگانی نیست؟
-- :body = scc
WITH RECURSIVE known AS (
  SELECT DISTINCT m.number
  FROM mentioned_sessions m
  JOIN documents d ON d.revision_id = m.revision_id
  WHERE m.body_id = (SELECT id FROM bodies WHERE slug = :body) AND m.number IS NOT NULL
), numbers(number) AS (
  SELECT min(number) FROM known
  UNION ALL
  SELECT number + 1 FROM numbers WHERE number < (SELECT max(number) FROM known)
)
SELECT number AS missing FROM numbers WHERE number NOT IN (SELECT number FROM known) ORDER BY number
