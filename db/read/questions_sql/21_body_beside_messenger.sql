-- کدام نهادها در کنار کدام پیام‌رسان‌ها آمده‌اند؟ (در فاصلهٔ ۲۰۰ نویسه)
WITH near AS (
  SELECT body_id, messenger_id, count(*) AS documents FROM body_neighbours GROUP BY body_id, messenger_id
  UNION ALL
  SELECT i.body_id, n.messenger_id, count(DISTINCT n.document_id)
  FROM instrument_neighbours n JOIN instruments i ON i.id = n.instrument_id
  WHERE NOT EXISTS (
    SELECT 1 FROM body_neighbours b
    WHERE b.body_id = i.body_id AND b.messenger_id = n.messenger_id AND b.document_id = n.document_id
  )
  GROUP BY i.body_id, n.messenger_id
), counted AS (
  SELECT body_id, messenger_id, sum(documents) AS documents FROM near GROUP BY body_id, messenger_id
)
SELECT b.name AS body, g.name AS messenger, c.documents
FROM counted c JOIN bodies b ON b.id = c.body_id JOIN messengers g ON g.id = c.messenger_id
ORDER BY c.documents DESC, b.name, g.slug
