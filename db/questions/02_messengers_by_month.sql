-- هر پیام‌رسان در هر ماه چند بار و در چند سند آمده است؟
WITH counted AS (
  SELECT d.jalali_month, m.messenger_id, count(DISTINCT d.id) AS documents, count(*) AS mentions
  FROM mentioned_messengers m JOIN documents d ON d.revision_id = m.revision_id
  GROUP BY d.jalali_month, m.messenger_id
)
SELECT c.jalali_month, g.slug AS messenger, g.name, c.documents, c.mentions
FROM counted c JOIN messengers g ON g.id = c.messenger_id
ORDER BY c.jalali_month, c.documents DESC, g.slug
