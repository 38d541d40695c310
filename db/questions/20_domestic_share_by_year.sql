-- سهم پیام‌رسان‌های داخلی و خارجی در هر سال
SELECT substr(d.jalali_month, 1, 4) AS year, g.domestic, count(*) AS mentions, count(DISTINCT d.id) AS documents
FROM mentioned_messengers m
JOIN documents d ON d.revision_id = m.revision_id
JOIN messengers g ON g.id = m.messenger_id
GROUP BY year, g.domestic
ORDER BY year, g.domestic
