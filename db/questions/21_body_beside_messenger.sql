-- کدام نهادها در کنار کدام پیام‌رسان‌ها آمده‌اند؟ (در فاصلهٔ ۲۰۰ نویسه)
WITH near AS (
  SELECT s.revision_id, s.body_id, m.messenger_id
  FROM mentioned_sessions s
  CROSS JOIN mentioned_messengers m ON m.revision_id = s.revision_id AND m.section = s.section
    AND m.start BETWEEN s.start - 200 AND s.start + 200
  WHERE s.body_id IS NOT NULL
  UNION
  SELECT c.revision_id, coalesce(c.body_id, i.body_id) AS body_id, m.messenger_id
  FROM cited_clauses c
  LEFT JOIN instruments i ON i.id = c.instrument_id
  CROSS JOIN mentioned_messengers m ON m.revision_id = c.revision_id AND m.section = c.section
    AND m.start BETWEEN c.start - 200 AND c.start + 200
  WHERE coalesce(c.body_id, i.body_id) IS NOT NULL
), counted AS (
  SELECT n.body_id, n.messenger_id, count(*) AS documents
  FROM near n
  WHERE n.revision_id IN (SELECT revision_id FROM documents)
  GROUP BY n.body_id, n.messenger_id
)
SELECT b.name AS body, g.name AS messenger, c.documents
FROM counted c JOIN bodies b ON b.id = c.body_id JOIN messengers g ON g.id = c.messenger_id
ORDER BY c.documents DESC, b.name, g.slug
