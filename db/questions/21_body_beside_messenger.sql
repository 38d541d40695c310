-- کدام نهادها در کنار کدام پیام‌رسان‌ها آمده‌اند؟ (در فاصلهٔ ۲۰۰ نویسه)
WITH said AS (
  SELECT revision_id, section, start, body_id FROM mentioned_sessions
  UNION ALL
  SELECT c.revision_id, c.section, c.start, coalesce(c.body_id, i.body_id)
  FROM cited_clauses c LEFT JOIN instruments i ON i.id = c.instrument_id
)
SELECT b.name AS body, g.name AS messenger, count(DISTINCT d.id) AS documents
FROM said s
JOIN documents d ON d.revision_id = s.revision_id
JOIN mentioned_messengers m ON m.revision_id = s.revision_id AND m.section = s.section AND abs(m.start - s.start) <= 200
JOIN bodies b ON b.id = s.body_id
JOIN messengers g ON g.id = m.messenger_id
GROUP BY b.id, g.id
ORDER BY documents DESC, b.name, g.slug
