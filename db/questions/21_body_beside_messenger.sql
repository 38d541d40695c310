-- کدام نهادها در کنار کدام پیام‌رسان‌ها آمده‌اند؟ (در فاصلهٔ ۲۰۰ نویسه)
WITH said AS (
  SELECT revision_id, section, start, body_id FROM mentioned_sessions WHERE body_id IS NOT NULL
  UNION ALL
  SELECT c.revision_id, c.section, c.start, coalesce(c.body_id, i.body_id)
  FROM cited_clauses c LEFT JOIN instruments i ON i.id = c.instrument_id
  WHERE coalesce(c.body_id, i.body_id) IS NOT NULL
), near AS (
  SELECT DISTINCT s.revision_id, s.body_id, m.messenger_id
  FROM said s
  JOIN mentioned_messengers m ON m.revision_id = s.revision_id AND m.section = s.section AND abs(m.start - s.start) <= 200
), counted AS (
  SELECT n.body_id, n.messenger_id, count(*) AS documents
  FROM near n
  WHERE n.revision_id IN (SELECT revision_id FROM documents)
  GROUP BY n.body_id, n.messenger_id
)
SELECT b.name AS body, g.name AS messenger, c.documents
FROM counted c JOIN bodies b ON b.id = c.body_id JOIN messengers g ON g.id = c.messenger_id
ORDER BY c.documents DESC, b.name, g.slug
