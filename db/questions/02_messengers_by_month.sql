-- هر پیام‌رسان در هر ماه چند بار و در چند سند آمده است؟
WITH named AS (
  SELECT revision_id, messenger_id, count(*) AS mentions FROM mentioned_messengers GROUP BY revision_id, messenger_id
), counted AS (
  SELECT d.jalali_month, n.messenger_id, count(*) AS documents, sum(n.mentions) AS mentions
  FROM named n JOIN documents d ON d.revision_id = n.revision_id
  GROUP BY d.jalali_month, n.messenger_id
)
SELECT c.jalali_month, g.slug AS messenger, g.name, c.documents, c.mentions
FROM counted c JOIN messengers g ON g.id = c.messenger_id
ORDER BY c.jalali_month, c.documents DESC, g.slug
