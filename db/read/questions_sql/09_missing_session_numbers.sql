-- میان جلسه‌های شورا، از کدام شماره‌ها خبری در بایگانی نیست؟
-- :body = scc
-- From number to number, and for each until one document is found: the whole archive may speak of a session.
WITH RECURSIVE body AS MATERIALIZED (
  SELECT id FROM bodies WHERE slug = :body
), named(number) AS (
  SELECT min(number) FROM mentioned_sessions WHERE body_id = (SELECT id FROM body)
  UNION ALL
  SELECT (SELECT min(m.number) FROM mentioned_sessions m WHERE m.body_id = (SELECT id FROM body) AND m.number > n.number)
  FROM named n WHERE n.number IS NOT NULL
), known AS MATERIALIZED (
  SELECT n.number FROM named n
  WHERE EXISTS (
    SELECT 1 FROM mentioned_sessions m JOIN documents d ON d.revision_id = m.revision_id
    WHERE m.body_id = (SELECT id FROM body) AND m.number = n.number
  )
), numbers(number) AS (
  SELECT min(number) FROM known
  UNION ALL
  SELECT number + 1 FROM numbers WHERE number < (SELECT max(number) FROM known)
)
SELECT number AS missing FROM numbers WHERE number NOT IN (SELECT number FROM known) ORDER BY number
