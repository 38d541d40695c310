-- هر پیام‌رسان در هر ماه چند بار و در چند سند آمده است؟
WITH counted AS (
  SELECT messenger_id, jalali_month, count(*) AS documents, sum(mentions) AS mentions
  FROM document_messengers
  GROUP BY messenger_id, jalali_month
)
SELECT nullif(c.jalali_month, '') AS jalali_month, g.slug AS messenger, g.name, c.documents, c.mentions
FROM counted c JOIN messengers g ON g.id = c.messenger_id
ORDER BY c.jalali_month, c.documents DESC, g.slug
