-- سهم پیام‌رسان‌های داخلی و خارجی در هر سال
WITH named AS (
  SELECT m.revision_id, g.domestic, count(*) AS mentions
  FROM mentioned_messengers m JOIN messengers g ON g.id = m.messenger_id
  GROUP BY m.revision_id, g.domestic
)
SELECT substr(d.jalali_month, 1, 4) AS year, n.domestic, sum(n.mentions) AS mentions, count(*) AS documents
FROM named n JOIN documents d ON d.revision_id = n.revision_id
GROUP BY year, n.domestic
ORDER BY year, n.domestic
