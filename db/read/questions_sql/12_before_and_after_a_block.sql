-- سی روز پیش و پس از فیلتر شدن یک پیام‌رسان چند سند از آن نوشته‌اند؟
-- :messenger = telegram
WITH block AS (
  SELECT g.id AS messenger_id, min(e.happened_on) AS happened_on
  FROM messengers g JOIN messenger_events e ON e.messenger_id = g.id
  WHERE g.slug = :messenger AND e.event = 'blocked' AND e.happened_on IS NOT NULL
)
SELECT CASE WHEN d.published_on < b.happened_on THEN 'before' ELSE 'after' END AS period, count(DISTINCT d.id) AS documents
FROM block b
JOIN documents d ON d.published_on BETWEEN date(b.happened_on, '-30 day') AND date(b.happened_on, '+30 day')
JOIN mentioned_messengers m ON m.revision_id = d.revision_id AND m.messenger_id = b.messenger_id
GROUP BY period
ORDER BY period DESC
